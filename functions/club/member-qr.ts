import { cardText } from '../joining/member-number.ts';
import { qrSquares } from '../platform/qr-squares.ts';

/** The dark squares of what a till scans of a member's card, row by row. */
export function memberQr(memberNumber: string): boolean[][] {
  return qrSquares(cardText(memberNumber));
}
