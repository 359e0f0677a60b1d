import type { Formats } from '../../functions/ground/formats/format.ts';
import type { HitsView } from '../../functions/insight/hits/get-hits.ts';
import type { Messages } from '../locale.ts';
import { accountSections, inboxSections, ownSections, publicSections, type Section } from '../sections.ts';

const sections: readonly Section[] = [
  ...accountSections,
  ...inboxSections,
  ...ownSections,
  ...publicSections,
];

/** What a page is called where navigation names it, or an article its title; null for all others, which are known by their pattern. */
export function pageName(t: Messages, page: string, titles: ReadonlyMap<string, string>): string | null {
  if (page === '/') return t.hits_home();
  if (page === '/account/orders/[source]/[number]') return t.hits_order();
  return titles.get(page) ?? sections.find(({ path }) => path === page)?.label(t) ?? null;
}

/** The parts of a period with those of the one before, for a chart. */
export function hitPlaces({ parts }: Pick<HitsView, 'parts'>, { shortDate }: Pick<Formats, 'shortDate'>) {
  const length = Math.max(parts.now.length, parts.before.length);
  return Array.from({ length }, (_, at) => {
    const [was, is] = [parts.before[at], parts.now[at]];
    return {
      label: shortDate(is?.since ?? was?.since ?? '2000-01-01'),
      values: [was?.hits ?? null, is?.hits ?? null] as const,
    };
  });
}
