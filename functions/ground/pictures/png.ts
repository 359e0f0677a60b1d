export interface Png {
  width: number;
  height: number;
  chunks: PngChunk[];
}

/** `bytes` are the whole chunk, with its length and sum. */
export interface PngChunk {
  type: string;
  bytes: Uint8Array;
}

export const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (bytes: Uint8Array) => pngSignature.every((byte, index) => bytes[index] === byte);

/** Walks the chunks: the first tells the size, and nothing may follow the last; null for a file that is broken. */
export function readPng(bytes: Uint8Array): Png | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const typeAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (bytes.length < 33 || typeAt(8) !== 'IHDR') return null;
  const chunks: PngChunk[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    chunks.push({ type: typeAt(at), bytes: bytes.subarray(at, end) });
    if (typeAt(at) === 'IEND')
      return end === bytes.length ? { width: view.getUint32(16), height: view.getUint32(20), chunks } : null;
    at = end;
  }
  return null;
}
