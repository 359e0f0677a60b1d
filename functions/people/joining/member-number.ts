import { normalCode } from '../../ground/platform/ids.ts';

const MARK = 'REGULARS:';

/** What a card's QR code says: the mark and the number, in characters that a code packs densely. */
export function cardText(memberNumber: string): string {
  return `${MARK}${memberNumber}`;
}

/** The member number that was typed or scanned from a card, in its one form. */
export function readMemberNumber(text: string): string {
  const typed = text.trim().toUpperCase();
  return normalCode(typed.startsWith(MARK) ? typed.slice(MARK.length) : typed);
}
