import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, pngSignature, readPng } from './png.ts';

export interface CleanPicture {
  type: 'png' | 'jpg';
  width: number;
  height: number;
  /** What is drawn: nothing of where, when, by whom or with what it was made. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Chunks that a PNG is drawn by; all others may tell where, when and by whom it was made. */
const drawnBy: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS'],
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs'],
];

/** A JPEG or PNG, told by its first bytes, without what it says beside the picture. */
export function cleanPicture(bytes: Uint8Array): CleanPicture | 'unknown_type' | 'broken' {
  if (isPng(bytes)) return cleanPng(bytes);
  if (!isJpeg(bytes)) return 'unknown_type';
  const clean = readJpeg(bytes);
  return clean === null ? 'broken' : { ...clean, type: 'jpg', bytes: Uint8Array.from(clean.bytes) };
}

function cleanPng(bytes: Uint8Array): CleanPicture | 'broken' {
  const png = readPng(bytes);
  if (png === null) return 'broken';
  const chunks = png.chunks.filter(({ type }) => drawnBy.includes(type));
  const parts = [Uint8Array.from(pngSignature), ...chunks.map((chunk) => chunk.bytes)];
  return { type: 'png', width: png.width, height: png.height, bytes: Uint8Array.from(Buffer.concat(parts)) };
}
