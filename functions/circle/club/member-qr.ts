import { qrSquares } from '../../ground/platform/qr-squares.ts';
import { cardText } from '../../people/joining/member-number.ts';

/** The dark squares of what a till scans of a member's card, row by row. */
export function memberQr(memberNumber: string): boolean[][] {
  return qrSquares(cardText(memberNumber));
}
