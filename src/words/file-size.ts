const units = [
  ['gigabyte', 1024 ** 3],
  ['megabyte', 1024 ** 2],
  ['kilobyte', 1024],
] as const;

/** `2 GB`, `12 MB`, `640 kB`, rounded down. */
export function fileSizeText(bytes: number, locale: string): string {
  const [unit, size] = units.find(([, one]) => bytes >= one) ?? ['byte', 1];
  return new Intl.NumberFormat(locale, { style: 'unit', unit }).format(Math.floor(bytes / size));
}
