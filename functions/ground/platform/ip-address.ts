/** An IP address as a number of 32 or 128 bits; IPv4 inside IPv6 (`::ffff:1.2.3.4`) is IPv4. */
export interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** The longest IPv6 address with a zone and some space around it. */
const ADDRESS_LENGTH_MAX = 100;

/** Null when the text is no address. A zone such as `%eth0` is cut off. */
export function parseAddress(text: string): Address | null {
  if (text.length > ADDRESS_LENGTH_MAX) return null;
  const [bare = ''] = text.trim().split('%');
  if (bare.includes(':')) return parseIpv6(bare);
  const value = parseIpv4(bare);
  return value === null ? null : { bits: 32, value };
}

/** Whether the address lies in a range such as `10.0.0.0/8` or is the one named. A range that makes no sense holds nothing. */
export function isWithin(address: Address, range: string): boolean {
  const parsed = parseRange(range);
  if (parsed === null || parsed.start.bits !== address.bits) return false;
  return address.value >> parsed.rest === parsed.start.value >> parsed.rest;
}

/** Whether a text names an address, or a range of them such as `10.0.0.0/8`. */
export const isRange = (text: string): boolean => parseRange(text) !== null;

/** `rest` is how many of the last bits are anybody's. */
function parseRange(range: string): { start: Address; rest: bigint } | null {
  const [base = '', length, ...more] = range.split('/');
  const start = parseAddress(base);
  if (start === null || more.length > 0) return null;
  if (length === undefined) return { start, rest: 0n };
  if (!/^\d{1,3}$/.test(length) || Number(length) > start.bits) return null;
  return { start, rest: BigInt(start.bits - Number(length)) };
}

export function textOf({ bits, value }: Address): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from({ length: bits / Number(width) }, (_, index) => {
    const part = (value >> (BigInt(bits) - width * BigInt(index + 1))) & ((1n << width) - 1n);
    return part.toString(bits === 32 ? 10 : 16);
  });
  return bits === 32 ? parts.join('.') : new URL(`http://[${parts.join(':')}]`).hostname.slice(1, -1);
}

function parseIpv4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  const bytes = match.slice(1).map(Number);
  return bytes.some((byte) => byte > 255) ? null : bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function parseIpv6(text: string): Address | null {
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]`)) return null;
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...gap, ...right];
  const value = groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}
