/** Reads the QR code of a card by the camera into the form it stands in, and sends the form. */
const LOOK_MS = 150;
/** Of the picture that is looked at: enough for a code that fills a third of it. */
const SIDE_MAX = 720;

class CardScanner extends HTMLElement {
  readonly #button = document.createElement('button');
  readonly #words = document.createElement('p');
  readonly #video = document.createElement('video');
  #stream: MediaStream | null = null;

  connectedCallback(): void {
    // Where a page is not shown in a secure way, browsers have no camera for it.
    if (navigator.mediaDevices === undefined || this.childElementCount > 0) return;
    this.#button.type = 'button';
    this.#button.className = 'button quiet large';
    this.#button.addEventListener('click', () => void (this.#stream === null ? this.#start() : this.#stop()));
    this.#words.setAttribute('role', 'status');
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.hidden = true;
    this.append(this.#button, this.#words, this.#video);
    this.#stop();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  async #start(): Promise<void> {
    try {
      const [stream, { default: decodeQr }] = await Promise.all([
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }),
        import('qr/decode.js'),
      ]);
      this.#stream = stream;
      this.#video.srcObject = stream;
      this.#video.hidden = false;
      this.#button.textContent = this.dataset.stop ?? '';
      this.#words.textContent = this.dataset.hint ?? '';
      await this.#video.play();
      await this.#look(decodeQr);
    } catch {
      this.#stop();
      this.#words.textContent = this.dataset.failed ?? '';
    }
  }

  #stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
    this.#video.hidden = true;
    this.#button.textContent = this.dataset.start ?? '';
    this.#words.textContent = '';
  }

  async #look(decodeQr: (image: ImageData) => string): Promise<void> {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    while (this.#stream !== null && context !== null) {
      const text = readFrame(this.#video, context, decodeQr);
      if (text !== null) return this.#send(text);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  #send(text: string): void {
    this.#stop();
    const form = this.closest('form');
    const field = form?.querySelector<HTMLInputElement>('input[type="search"]');
    if (!form || !field) return;
    field.value = text;
    form.requestSubmit();
  }
}

/** What the code in a picture says; null while there is none to be read. */
function readFrame(
  video: HTMLVideoElement,
  context: CanvasRenderingContext2D,
  decodeQr: (image: ImageData) => string,
): string | null {
  const scale = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  if (width === 0 || height === 0) return null;
  Object.assign(context.canvas, { width, height });
  context.drawImage(video, 0, 0, width, height);
  try {
    return decodeQr(context.getImageData(0, 0, width, height));
  } catch {
    return null;
  }
}

customElements.define('card-scanner', CardScanner);
