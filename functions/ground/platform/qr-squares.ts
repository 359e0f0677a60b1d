import encodeQR from 'qr';

/** A text as a QR code, row by row, true where it is dark; the border that scanners need is left to whoever draws it. */
export function qrSquares(text: string): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
}
