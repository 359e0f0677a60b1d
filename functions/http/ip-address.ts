/** An IP address as a number of 32 or 128 bits; IPv4 inside IPv6 (`::ffff:1.2.3.4`) is IPv4. */
export interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** Null when the text is no address. A zone such as `%eth0` is cut off. */
export function parseAddress(text: string): Address | null {
  const bare = text.trim().replace(/%.*$/, '');
  if (bare.includes(':')) return parseIpv6(bare);
  const value = parseIpv4(bare);
  return value === null ? null : { bits: 32, value };
}

/** Whether the address lies in a range such as `10.0.0.0/8` or is the one named. A range that makes no sense holds nothing. */
export function isWithin(address: Address, range: string): boolean {
  const [base = '', length] = range.split('/');
  const start = parseAddress(base);
  if (start === null || start.bits !== address.bits) return false;
  const prefix = length === undefined ? start.bits : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > start.bits || length === '') return false;
  const rest = BigInt(start.bits - prefix);
  return address.value >> rest === start.value >> rest;
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
