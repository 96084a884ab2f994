// A hand scanner that types like a keyboard: keys that come quicker than a hand, then Enter.
//
// Read twice over: by the place of each key, as a scanner set to English (US) means it whatever
// the computer's language is, and by the sign that the computer makes of it. Which of the two
// counts is this terminal's setting. FNC1 comes as Ctrl+], as Alt+029, as F8, or as text.

const QUICK_MS = 50;
const LEAST_KEYS = 6; // Enter is one of them
const LEAST_KEYS_IN_BOX = 4; // where a code is expected
const GS = "\x1d";
const GS_SHOWN = "\u241d"; // what a box shows of it, and every box of ours reads
const ENDS = ["Enter", "NumpadEnter", "Tab"];
// A hand on the arrows, however fast: no scanner sends these, and a table needs each of them.
const MOVES = /^(Arrow|Page|Home|End$|Backspace|Delete|Insert|Escape)/;
const ONLY_HELD = /^(Shift|Control|Alt|AltGraph|CapsLock|NumLock|Meta)/;
const TEXT_TYPES = ["text", "search", "password", "email", "tel", "url", "number", "date", "time"];
const PLAIN = {
    Minus: "-", Equal: "=", BracketLeft: "[", BracketRight: "]", Semicolon: ";", Quote: "'",
    Backquote: "`", Backslash: "\\", Comma: ",", Period: ".", Slash: "/", Space: " ",
    NumpadAdd: "+", NumpadSubtract: "-", NumpadMultiply: "*", NumpadDivide: "/", NumpadDecimal: ".",
};
const SHIFTED = {
    Minus: "_", Equal: "+", BracketLeft: "{", BracketRight: "}", Semicolon: ":", Quote: '"',
    Backquote: "~", Backslash: "|", Comma: "<", Period: ">", Slash: "?",
};
const SHIFTED_DIGITS = ")!@#$%^&*(";

function byPlace(event) {
    const digit = /^(Digit|Numpad)(\d)$/.exec(event.code);
    if (digit) return event.shiftKey && digit[1] === "Digit" ? SHIFTED_DIGITS[digit[2]] : digit[2];
    if (/^Key[A-Z]$/.test(event.code)) {
        return event.shiftKey ? event.code[3] : event.code[3].toLowerCase();
    }
    return (event.shiftKey && SHIFTED[event.code]) || PLAIN[event.code] || "";
}

function bySign(event) {
    return [...event.key].length === 1 ? event.key : "";
}

function textFieldOf(event) {
    const at = event.composedPath()[0];
    if (!(at instanceof HTMLElement)) return null;
    const isText = at.tagName === "INPUT" && TEXT_TYPES.includes(at.type);
    return isText || at.tagName === "TEXTAREA" || at.isContentEditable ? at : null;
}

function typeInto(box, text) {
    // As if it had been typed: the page's own code keeps what it believes to stand in a box.
    const kind = box.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
}

class Wedge {
    // terminal(): this terminal's settings; isScanBox(element): whether it takes a lot's code;
    // onScan(scan): called with what was scanned while no text field had the focus.
    constructor(terminal, isScanBox, onScan) {
        this.terminal = terminal;
        this.isScanBox = isScanBox;
        this.onScan = onScan;
        this.down = (event) => this.keyDown(event);
        this.up = (event) => this.keyUp(event);
        window.addEventListener("keydown", this.down, true);
        window.addEventListener("keyup", this.up, true);
        this.begin(null, 0);
    }

    stop() {
        window.removeEventListener("keydown", this.down, true);
        window.removeEventListener("keyup", this.up, true);
    }

    begin(box, at) {
        this.box = box;
        this.last = at;
        this.keys = 0;
        this.place = this.sign = this.alt = "";
        this.spellings = new Set();
        // Into a list a scan is one line more; any other box holds it alone.
        const isList = box?.tagName === "TEXTAREA";
        this.before = isList ? box.value.slice(0, box.selectionStart) : "";
        this.behind = isList ? box.value.slice(box.selectionEnd) : "";
    }

    keyDown(event) {
        if (this.isOwn) return;
        const field = textFieldOf(event);
        if (field !== null && !this.isScanBox(field)) return;
        if (event.timeStamp - this.last > QUICK_MS || field !== this.box) {
            this.begin(field, event.timeStamp);
        }
        this.last = event.timeStamp;
        if (ONLY_HELD.test(event.key) || ONLY_HELD.test(event.code)) return;
        if (MOVES.test(event.key)) {
            this.begin(field, 0);
            return;
        }
        if (ENDS.includes(event.code || event.key)) {
            this.end(event);
            return;
        }
        this.take(event);
    }

    take(event) {
        this.keys += 1;
        // A page has shortcuts of its own; the second key of a burst is none of them.
        if (this.box === null && this.keys > 1) swallow(event);
        const digit = /(\d)$/.exec(event.code);
        if (event.altKey && !event.ctrlKey && digit) {
            this.alt += digit[1];
            return;
        }
        if (event.ctrlKey && !event.altKey) {
            if (event.code === "BracketRight" || event.key === "]") this.separate("ctrl", event);
        } else if (event.code === "F8") {
            if (this.keys > 1) this.separate("f8", event);
        } else {
            this.place += byPlace(event);
            this.sign += bySign(event);
        }
    }

    keyUp(event) {
        if (!/^Alt/.test(event.key) || this.alt === "") return;
        const code = Number(this.alt);
        this.alt = "";
        this.last = event.timeStamp;
        if (code === 29) {
            this.separate("alt", event);
        } else if (code > 31 && code < 127) {
            this.place += String.fromCharCode(code);
            this.sign += String.fromCharCode(code);
        }
    }

    separate(spelling, event) {
        this.spellings.add(spelling);
        this.place += GS;
        this.sign += GS;
        swallow(event);
        const box = this.box;
        if (box === null) return;
        const [from, to] = [box.selectionStart, box.selectionEnd];
        typeInto(box, box.value.slice(0, from) + GS_SHOWN + box.value.slice(to));
        box.setSelectionRange?.(from + 1, from + 1);
    }

    end(event) {
        this.keys += 1;
        const text = this.terminal().keys === "sign" ? this.sign : this.place;
        const least = this.box === null ? LEAST_KEYS : LEAST_KEYS_IN_BOX;
        const isScan = this.keys >= least && text.length > 0;
        const { box, place, sign, spellings } = this;
        const whole = this.before + text.replaceAll(GS, GS_SHOWN) + this.behind;
        this.begin(box, 0);
        if (!isScan) return;
        if (box === null) {
            swallow(event);
            if (/<GS>|\{GS\}/i.test(place)) spellings.add("text");
            this.onScan({ text, place, sign, spellings: [...spellings], by: "wedge" });
        } else if (box.value !== whole) {
            swallow(event);
            const isList = box.tagName === "TEXTAREA";
            typeInto(box, isList ? `${whole}\n` : whole);
            if (!isList) this.enter(box);
        }
    }

    enter(box) {
        // The box has to be drawn anew before it is told that this was all.
        setTimeout(() => {
            this.isOwn = true;
            const key = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
            box.dispatchEvent(new KeyboardEvent("keydown", key));
            this.isOwn = false;
        }, 30);
    }
}

function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
}
