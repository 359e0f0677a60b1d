/**
 * The one form in which an address is kept and compared: trimmed, NFC, lower case; dots and plus stay (DOMAIN §4).
 * Null when the text is no address: not one `@`, white space or control characters inside, longer than 254.
 */
export function normalEmail(typed: string): string | null {
  const email = typed.trim().normalize('NFC').toLowerCase().normalize('NFC');
  return email.length <= EMAIL_LENGTH_MAX && email.isWellFormed() && shape.test(email) ? email : null;
}

export const EMAIL_LENGTH_MAX = 254;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const shape = /^[^@\s\u0000-\u001f\u007f<>"(),:;[\]\\]+@[^@\s\u0000-\u001f\u007f<>"(),:;[\]\\]+$/u;
