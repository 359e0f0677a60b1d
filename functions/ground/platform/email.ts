/**
 * The one form in which a new address is kept and compared: trimmed, NFC, lower case; dots and plus stay (DOMAIN §4).
 * Null when the text is no address, and when it is one that {@link isDisguised}.
 */
export function normalEmail(typed: string): string | null {
  const email = knownEmail(typed);
  return email === null || isDisguised(email) ? null : email;
}

/**
 * As {@link normalEmail}, for finding whom we may know already: earlier releases kept disguised addresses as well.
 * Null when there is not one `@`, white space or control characters are inside, or it is longer than 254.
 */
export function knownEmail(typed: string): string | null {
  if (typed.length > TYPED_LENGTH_MAX) return null;
  const email = typed.trim().normalize('NFC').toLowerCase().normalize('NFC');
  return email.length <= EMAIL_LENGTH_MAX && email.isWellFormed() && shape.test(email) ? email : null;
}

/**
 * Whether an address is another one in disguise: with characters that nobody sees, a full stop too many in the domain,
 * or one of another script.
 */
export function isDisguised(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return invisible.test(email) || otherStops.test(domain) || domain.split('.').includes('');
}

/**
 * The mailbox that an address reaches, for comparing and counting only; nobody is known by it (DOMAIN §4). The domain as
 * UTS 46 reads it, without what nobody sees; what follows a plus is a label, and Google reads over dots.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = asciiDomain(plain(email.slice(at + 1)));
  const local = plain(email.slice(0, at));
  const [unlabelled = ''] = local.split('+');
  const box = unlabelled === '' ? local : unlabelled;
  return isGoogle(domain) ? `${box.replaceAll('.', '')}@gmail.com` : `${box}@${domain}`;
}

export const EMAIL_LENGTH_MAX = 254;
/** Room for space around it, and for letters that become shorter. */
const TYPED_LENGTH_MAX = EMAIL_LENGTH_MAX * 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const shape = /^[^@\s\u0000-\u001f\u007f<>"(),:;[\]\\]+@[^@\s\u0000-\u001f\u007f<>"(),:;[\]\\]+$/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u;
const everyInvisible = new RegExp(invisible, 'gu');
/** What UTS 46 and mail programs read as a full stop. */
const otherStops = /[\u3002\uff0e\uff61\u2024\ufe52]/;

const plain = (text: string) => text.normalize('NFKC').replace(everyInvisible, '').toLowerCase();

function asciiDomain(domain: string): string {
  const labels = domain.split(/[.\u3002]/).filter((label) => label !== '');
  const joined = labels.join('.');
  const isHost = !/[/?#%]/.test(joined) && URL.canParse(`http://${joined}`);
  return isHost ? new URL(`http://${joined}`).hostname : joined;
}

const isGoogle = (domain: string) => domain === 'gmail.com' || domain === 'googlemail.com';
