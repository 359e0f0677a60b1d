/** Makes a square of a photograph before it is sent, small enough to be shown at once; without script the file goes as it is. */
const SIDE_PX = 384;
const QUALITY = 0.85;

for (const field of document.querySelectorAll<HTMLInputElement>('input[type="file"][data-square]'))
  field.addEventListener('change', () => void makeSquare(field));

async function makeSquare(field: HTMLInputElement): Promise<void> {
  const [chosen] = field.files ?? [];
  if (chosen === undefined) return;
  const square = await squareOf(chosen).catch(() => null);
  if (square === null || field.files?.[0] !== chosen) return;
  const files = new DataTransfer();
  files.items.add(new File([square], 'picture.jpg', { type: 'image/jpeg' }));
  field.files = files.files;
}

async function squareOf(file: File): Promise<Blob | null> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const side = Math.min(image.width, image.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(side, SIDE_PX);
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  // What is see-through would turn black in a JPEG.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
  pen.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
}
