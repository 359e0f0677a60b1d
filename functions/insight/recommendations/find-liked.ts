import type { Store } from '../../../db/store.ts';
import { type Interest, type LikedMatch, matchInterests } from './interests.ts';
import { listFactsOfTerms } from './queries.ts';

/** A word that most products of a shop have says nothing, where there are so many products. */
function isCommonTerm(having: number, products: number): boolean {
  return products >= 6 && having * 2 > products;
}

/** The products that are of something somebody said they like, with what is known of them. */
export async function findLiked(db: Store, interests: readonly Interest[], products: number) {
  const terms = [...new Set(interests.flatMap(({ words }) => words.map(({ term }) => term)))];
  const rows = terms.length === 0 ? [] : await listFactsOfTerms(db, { terms: JSON.stringify(terms) });
  const common = new Set(rows.flatMap((row) => (isCommonTerm(row.products, products) ? [row.term] : [])));
  const byKey = Map.groupBy(rows, ({ key }) => key);
  const matches = new Map<string, LikedMatch>();
  for (const [key, found] of byKey) {
    const match = matchInterests(interests, new Set(found.map(({ term }) => term)), common);
    if (match !== null) matches.set(key, match);
  }
  return { matches, facts: [...byKey.values()].flatMap(([first]) => (first === undefined ? [] : [first])) };
}

/** The same among products that lie in memory, by the words of each. */
export function likedFinder(terms: ReadonlyMap<string, ReadonlySet<string>>) {
  const keysOf = new Map<string, string[]>();
  for (const [key, own] of terms)
    for (const term of own) {
      const keys = keysOf.get(term) ?? [];
      keysOf.set(term, keys);
      keys.push(key);
    }
  const common = new Set(
    [...keysOf].flatMap(([term, keys]) => (isCommonTerm(keys.length, terms.size) ? [term] : [])),
  );
  return (interests: readonly Interest[]): Map<string, LikedMatch> => {
    const asked = interests.flatMap(({ words }) => words.map(({ term }) => term));
    const keys = new Set(asked.flatMap((term) => keysOf.get(term) ?? []));
    return new Map(
      [...keys].flatMap((key) => {
        const match = matchInterests(interests, terms.get(key) ?? new Set(), common);
        return match === null ? [] : [[key, match]];
      }),
    );
  };
}
