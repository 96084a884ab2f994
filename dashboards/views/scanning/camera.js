// The camera as a scanner: asked for, it looks until it reads a code; nothing of it is kept or sent.

const FORMATS = [
    "Code128", "DataMatrix", "QRCode", "EAN13", "EAN8", "UPCA", "ITF", "Code39", "DataBar",
    "DataBarExpanded",
];
let library = null;

function loaded(base) {
    library ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${base}/zxing_reader.js`;
        script.onload = () => {
            // Left to itself it would ask another host for its other half.
            ZXingWASM.prepareZXingModule({ overrides: { locateFile: (name) => `${base}/${name}` } });
            resolve(ZXingWASM);
        };
        script.onerror = () => {
            library = null;
            reject(new Error(script.src));
        };
        document.head.append(script);
    });
    return library;
}

function textOf(code) {
    // With the mark of the symbology in front, as a scanner sends it: it tells a GS1 label.
    return code.symbologyIdentifier + new TextDecoder().decode(code.bytes);
}

class Camera {
    // dialog: with a video, a place for words and one for choices in it; onScan(scan): as a wedge.
    constructor(dialog, words, base, onScan) {
        Object.assign(this, { dialog, words, base, onScan, stream: null });
        this.video = dialog.querySelector("video");
        this.said = dialog.querySelector("p");
        this.choices = dialog.querySelector("div");
        dialog.addEventListener("close", () => this.stop());
    }

    async open() {
        this.choices.replaceChildren();
        this.dialog.showModal();
        if (!navigator.mediaDevices) {
            this.said.textContent = this.words.needs_https;
            return;
        }
        this.said.textContent = this.words.starting;
        const turn = (this.turn = Symbol("one opening of the camera"));
        try {
            const wanted = { facingMode: "environment", width: { ideal: 1280 } };
            const [reader, stream] = await Promise.all([
                loaded(this.base),
                navigator.mediaDevices.getUserMedia({ video: wanted }),
            ]);
            if (turn !== this.turn || !this.dialog.open) {
                stream.getTracks().forEach((track) => track.stop());
                return;
            }
            this.video.srcObject = this.stream = stream;
            await this.video.play();
            this.said.textContent = this.words.looking;
            await this.look(reader, turn);
        } catch (problem) {
            if (turn !== this.turn || !this.dialog.open) return;
            this.said.textContent = this.words[problem.name] ?? this.words.broken;
        }
    }

    async look(reader, turn) {
        const canvas = document.createElement("canvas");
        const drawing = canvas.getContext("2d", { willReadFrequently: true });
        while (turn === this.turn && this.dialog.open) {
            [canvas.width, canvas.height] = [this.video.videoWidth, this.video.videoHeight];
            if (canvas.width > 0) {
                drawing.drawImage(this.video, 0, 0);
                const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
                const codes = await reader.readBarcodes(picture, { formats: FORMATS, tryHarder: true });
                const texts = [...new Set(codes.filter((code) => code.isValid).map(textOf))];
                if (turn === this.turn && this.dialog.open && texts.length > 0) {
                    this.found(texts);
                    return;
                }
            }
            await new Promise((resolve) => setTimeout(resolve, 30));
        }
    }

    found(texts) {
        if (texts.length === 1) {
            this.take(texts[0]);
            return;
        }
        // Which of several is meant, a person says.
        this.stop();
        this.said.textContent = this.words.several;
        for (const text of texts) {
            const button = document.createElement("button");
            button.textContent = text.replaceAll("\x1d", "\u241d");
            button.onclick = () => this.take(text);
            this.choices.append(button);
        }
    }

    take(text) {
        this.dialog.close();
        navigator.vibrate?.(60);
        this.onScan({ text, place: text, sign: text, spellings: [], by: "camera" });
    }

    stop() {
        this.turn = null;
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = this.video.srcObject = null;
    }
}
