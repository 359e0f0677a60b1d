/** Makes a photograph no wider than a mail shows it, so that it is sent at once; without script the file goes as it is. */
const WIDTH_PX = 1040;
const QUALITY = 0.82;

export {};

for (const field of document.querySelectorAll<HTMLInputElement>('input[type="file"][data-width]'))
  field.addEventListener('change', () => void narrow(field));

async function narrow(field: HTMLInputElement): Promise<void> {
  const [chosen] = field.files ?? [];
  if (chosen === undefined) return;
  const small = await narrowed(chosen).catch(() => null);
  if (small === null || field.files?.[0] !== chosen) return;
  const files = new DataTransfer();
  files.items.add(new File([small], 'picture.jpg', { type: 'image/jpeg' }));
  field.files = files.files;
}

async function narrowed(file: File): Promise<Blob | null> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, WIDTH_PX / image.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  // What is see-through would turn black in a JPEG.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
}
