/** Countries' codes of one and two digits; all others have three (ITU-T E.164, list of assigned country codes). */
const shortCodes = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** Where the 0 before a number within the country is a part of it. */
const codesWithZero: readonly string[] = ['39', '378'];
/** What is dialled before a number within the country, where that is no 0. */
const trunks: Readonly<Record<string, string>> = { '1': '1', '7': '8' };
/** Where an 8 was dialled before the 0, and is still written. */
const codesWithOldTrunk: readonly string[] = ['375', '380'];
/** The most digits of a number within a country, where these are not ten. */
const longest: Readonly<Record<string, number>> = {
  ...{ '36': 9, '43': 13, '45': 8, '47': 8, '49': 11, '55': 11, '62': 12, '65': 8, '86': 11 },
  ...{ '370': 8, '371': 8, '372': 8, '373': 8, '852': 8 },
};
const LONGEST_ELSEWHERE = 10;
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;

/** The country's code of a number that begins with `+` or `00`; null for others. */
export function callingCodeOf(number: string): string | null {
  const digits = internationalDigits(number);
  return digits === null ? null : codeIn(digits);
}

/**
 * A telephone number as E.164 writes it, `+` and digits. One without a country is completed by `home`, a country's code;
 * where that is null, its digits are all that is known. Null for what is no number of anybody, such as an anonymous caller's.
 */
export function toPhoneNumber(typed: string, home: string | null): string | null {
  const international = internationalDigits(typed);
  const digits = typed.replace(/\D/g, '');
  if (digits.length > DIGITS_MAX || /[^\d\s()+./-]/.test(typed.trim())) return null;
  if (international !== null) return international.length < DIGITS_MIN ? null : `+${international}`;
  // Numbers within a house, such as 201, are no one's to be found by.
  if (digits.length < DIGITS_MIN) return null;
  if (home === null) return digits;
  // Exchanges leave the plus out.
  const isWhole = digits.startsWith(home) && digits.length > (longest[home] ?? LONGEST_ELSEWHERE);
  return isWhole ? `+${digits}` : `+${home}${withoutTrunk(digits, home)}`;
}

function internationalDigits(typed: string): string | null {
  const text = typed.trim();
  const all = text.replace(/\D/g, '');
  if (!text.startsWith('+') && !all.startsWith('00')) return null;
  const digitsOf = (written: string) => written.replace(/\D/g, '').slice(text.startsWith('+') ? 0 : 2);
  const digits = digitsOf(text);
  // The 0 of +44 (0)20 is dialled within the country alone.
  return codesWithZero.includes(codeIn(digits))
    ? digits
    : digitsOf(text.replaceAll(' ', '').replace('(0)', ''));
}

function codeIn(digits: string): string {
  return shortCodes.exec(digits)?.[0] ?? digits.slice(0, 3);
}

function withoutTrunk(digits: string, home: string): string {
  const trunk = trunks[home];
  if (trunk !== undefined) return digits.length === 11 && digits.startsWith(trunk) ? digits.slice(1) : digits;
  if (codesWithZero.includes(home)) return digits;
  if (codesWithOldTrunk.includes(home) && digits.length === 11 && digits.startsWith('80'))
    return digits.slice(2);
  return digits.replace(/^0/, '');
}
