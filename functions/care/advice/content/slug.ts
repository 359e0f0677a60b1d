const SLUG_LENGTH_MAX = 60;

/** Ukrainian in Latin letters (resolution 55 of the Cabinet of Ministers, 2010), as letters stand inside a word. */
const latin: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y' },
  ...{ і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's' },
  ...{ т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia' },
};

/** The same where a word begins. */
const initial: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

/** A title as the end of an address: `Заварюємо сенчу` as `zavariuiemo-senchu`. Empty where nothing of it can be written so. */
export function slugOf(title: string): string {
  const written = [...title.normalize('NFC').toLowerCase()];
  const letters = written.map((letter, at) => {
    const isInitial = !/[\p{L}'’ʼ]/u.test(written[at - 1] ?? '');
    return (isInitial ? initial[letter] : undefined) ?? latin[letter] ?? letter;
  });
  const plain = letters
    .join('')
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’ʼ]/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (plain.length <= SLUG_LENGTH_MAX) return plain;
  const whole = plain.lastIndexOf('-', SLUG_LENGTH_MAX);
  return plain.slice(0, whole > 0 ? whole : SLUG_LENGTH_MAX);
}

/** The first of `slug`, `slug-2`, `slug-3` … that no other article has. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
}
