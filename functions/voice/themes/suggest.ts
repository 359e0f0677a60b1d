import { phrasesIn } from './phrases.ts';

export interface SaidText {
  /** Who said it; what nobody is known to have said is somebody by itself. */
  person: string;
  text: string;
}

export interface Suggestion {
  phrase: string;
  /** How many people said it who praise, and how many others. */
  people: number;
  others: number;
  /** How much more than chance it is one of praise: the log-likelihood ratio. */
  strength: number;
}

/** Fewer people than these do not make a theme. */
const PEOPLE_MIN = 3;
/** The point of chi-square with one degree of freedom that chance passes once in a thousand. */
const STRENGTH_MIN = 10.83;

/**
 * Phrases that people who praise use more than others, strongest first, counted by person, so that who writes often counts once. The
 * log-likelihood ratio (T. Dunning 1993, Computational Linguistics 19:61) holds for the small counts of phrases, where chi-square
 * does not. Where nothing else was ever said to compare with, the most frequent come first.
 */
export function suggestPhrases(
  praise: readonly SaidText[],
  others: readonly SaidText[],
  limit: number,
): Suggestion[] {
  const [said, elsewhere] = [peopleByPhrase(praise), peopleByPhrase(others)];
  const [praising, rest] = [peopleOf(praise), peopleOf(others)];
  const found = [...said].flatMap(([phrase, people]) => {
    const beside = elsewhere.get(phrase) ?? 0;
    if (people < PEOPLE_MIN) return [];
    const isMore = rest === 0 || people * rest > beside * praising;
    const strength = rest === 0 ? people : ratio([people, praising], [beside, rest]);
    return isMore && (rest === 0 || strength >= STRENGTH_MIN)
      ? [{ phrase, people, others: beside, strength }]
      : [];
  });
  return withoutParts(found)
    .sort((one, other) => other.strength - one.strength || (one.phrase < other.phrase ? -1 : 1))
    .slice(0, limit);
}

function peopleByPhrase(texts: readonly SaidText[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const own of Map.groupBy(texts, ({ person }) => person).values())
    for (const phrase of new Set(own.flatMap(({ text }) => [...phrasesIn(text)])))
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return counts;
}

const peopleOf = (texts: readonly SaidText[]) => new Set(texts.map(({ person }) => person)).size;

/** 2 Σ observed ln(observed / expected) over who says it and who does not, in two groups of people. */
function ratio([hits, of]: readonly [number, number], [others, ofOthers]: readonly [number, number]): number {
  const share = (hits + others) / (of + ofOthers);
  const part = (observed: number, expected: number) =>
    observed === 0 ? 0 : observed * Math.log(observed / expected);
  return (
    2 *
    (part(hits, of * share) +
      part(others, ofOthers * share) +
      part(of - hits, of * (1 - share)) +
      part(ofOthers - others, ofOthers * (1 - share)))
  );
}

/** A phrase that is only ever said within a longer one says nothing beside it. */
function withoutParts(found: readonly Suggestion[]): Suggestion[] {
  return found.filter(
    (one) => !found.some((other) => other.people === one.people && isWithin(one.phrase, other.phrase)),
  );
}

const isWithin = (phrase: string, longer: string) =>
  phrase !== longer && ` ${longer} `.includes(` ${phrase} `);
