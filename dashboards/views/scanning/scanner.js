// One scanner a page: a wedge that listens, and a camera to be asked.

const KEPT = "lotline.scanner";
const running = new WeakMap();

function terminal() {
    try {
        return JSON.parse(localStorage.getItem(KEPT)) ?? {};
    } catch {
        return {}; // a browser that keeps nothing, or something else's text
    }
}

function keep(settings) {
    try {
        localStorage.setItem(KEPT, JSON.stringify(settings));
    } catch {
        // It is asked for again at the next visit.
    }
}

class Scanner {
    constructor(root, data, send) {
        this.data = data;
        this.send = send;
        this.lastBox = null;
        this.wedge = new Wedge(terminal, (at) => this.isScanBox(at), (scan) => this.send(scan));
        this.button = root.querySelector(".open");
        this.camera = new Camera(
            root.querySelector("dialog"), data.words, data.base, (scan) => this.seen(scan),
        );
        this.button.onclick = () => this.camera.open();
        root.querySelector(".close").onclick = () => this.camera.dialog.close();
        this.focused = (event) => {
            const at = event.composedPath()[0];
            if (root.contains(at)) return;
            this.lastBox = at instanceof HTMLElement && this.isScanBox(at) ? at : null;
        };
        document.addEventListener("focusin", this.focused, true);
        this.draw(root);
    }

    draw(root) {
        const { words } = this.data;
        this.button.title = words.open;
        this.button.setAttribute("aria-label", words.open);
        root.querySelector("dialog").setAttribute("aria-label", words.open);
        root.querySelector(".close").textContent = words.close;
    }

    isScanBox(at) {
        if (at.disabled || at.readOnly) return false;
        const names = at.closest("[class*='st-key-']")?.classList ?? [];
        const keys = [...names].filter((name) => name.startsWith("st-key-")).map((n) => n.slice(7));
        const boxes = this.data.boxes.map((box) => new RegExp(`^${box.replace("*", ".*")}$`));
        return keys.some((key) => boxes.some((box) => box.test(key)));
    }

    seen(scan) {
        // What the camera read belongs into the box that had the cursor, as a wedge's scan does.
        const box = this.lastBox?.isConnected ? this.lastBox : null;
        if (box === null || this.data.takes_all) {
            this.send(scan);
            return;
        }
        box.focus({ preventScroll: true });
        const text = scan.text.replaceAll(GS, GS_SHOWN);
        if (box.tagName === "TEXTAREA") {
            typeInto(box, `${box.value}${text}\n`);
        } else {
            typeInto(box, text);
            this.wedge.enter(box);
        }
    }

    stop() {
        this.wedge.stop();
        this.camera.stop();
        document.removeEventListener("focusin", this.focused, true);
    }
}

export default function ({ parentElement, data, setTriggerValue, setStateValue }) {
    if (data.keep) keep(data.keep);
    const send = (scan) => setTriggerValue("scan", scan);
    const known = running.get(parentElement);
    if (known) {
        Object.assign(known, { data, send });
    } else {
        running.set(parentElement, new Scanner(parentElement, data, send));
    }
    if (data.asks_terminal) {
        const about = { keys: terminal().keys ?? null, has_camera: Boolean(navigator.mediaDevices) };
        const told = JSON.stringify(about);
        const scanner = running.get(parentElement);
        if (scanner.told !== told) {
            scanner.told = told;
            setStateValue("terminal", about);
        }
    }
    return () => {
        running.get(parentElement)?.stop();
        running.delete(parentElement);
    };
}
