import { partsOfText } from '../../voice/themes/phrases.ts';
import { stopWords } from '../../voice/themes/stop-words.ts';

/** Something that somebody said they like: how they said it, and the words by which products are looked for. */
export interface Interest {
  said: string;
  words: readonly { said: string; term: string }[];
}

/** What a product has of an interest: what to tell of it, and how much of it that is, up to 1. */
export interface LikedMatch {
  said: string;
  weight: number;
}

/** So much of what somebody said is looked at. */
const INTERESTS_MAX = 20;
const TERMS_MAX = 12;
/** Who likes green tea may like another one. */
const PART_WEIGHT = 0.5;
/** Longer sentences are not told again whole. */
const SAID_MAX = 40;

/** What somebody cannot bear: the whole sentence is left alone, since its other words may be what it is of. */
const illness =
  /^(?:allerg|anaphyla|coeliac|celiac|intoler|алерг|анафіла|целіак|непереносим|нетолерант|протипоказ)/;

/** A part of a sentence with one of these says what they do not like; so do the rest of its parts, as `no nuts, milk, eggs`. */
const refusals = new Set(
  `no not non none never nobody nothing neither nor cannot cant dont doesnt didnt isnt without less free minus stop
   не ні ані без менш менше окрім крім проти`.split(/\s+/),
);
const refusing = new RegExp(
  `^(?:${[
    ...['hat(?:e|ed|es|ing|red)$', 'dislik', 'detest', 'loath', 'avoid', 'refus', 'despis', 'unbearabl'],
    ...[
      'жодн',
      'ніч',
      'нік',
      'ніяк',
      'поменш',
      'ненавид',
      'нелюб',
      'неприйн',
      'уник',
      'відмовл',
      'безглютен',
      'безлактоз',
      'безкофеїн',
    ],
  ].join('|')})|n't$|-(?:free|less)$`,
);
/** What stands before one of these is still what they like: `tea but no herbs`. */
const turns = new Set('but except але'.split(' '));

/**
 * What texts say that somebody likes, part by part: `filter coffee, green tea, no decaf` are two. Whatever may be a refusal is
 * left alone: to miss a liking costs little, to recommend what somebody is allergic to a lot.
 */
export function interestsIn(texts: readonly string[]): Interest[] {
  const found = new Map<string, Interest>();
  for (const sentence of texts.flatMap(sentencesOf))
    for (const part of likedParts(sentence)) {
      const spoken = partsOfText(part).flat();
      const turn = spoken.findIndex((word) => turns.has(word));
      const words = wordsOf(turn < 0 ? spoken : spoken.slice(0, turn));
      const key = words.map(({ term }) => term).join(' ');
      if (words.length === 0 || found.has(key)) continue;
      const isWhole = words.length === spoken.length && part.trim().length <= SAID_MAX;
      found.set(key, { said: isWhole ? part.trim() : words.map(({ said }) => said).join(' '), words });
    }
  return [...found.values()].slice(0, INTERESTS_MAX);
}

/** A line that ends with a colon goes on in the next. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const piece of text.split(/[.!?…;\n\r]+/u)) {
    const before = sentences.at(-1)?.trimEnd();
    if (before?.endsWith(':')) sentences[sentences.length - 1] = before + piece;
    else sentences.push(piece);
  }
  return sentences;
}

/** The parts of a sentence up to the first that refuses something; none of one that tells of an illness. */
function likedParts(sentence: string): string[] {
  if (
    partsOfText(sentence)
      .flat()
      .some((word) => illness.test(word))
  )
    return [];
  const pieces = sentence.split(/[,/&]/u);
  const refused = pieces.findIndex((piece) => refuses(partsOfText(piece).flat()));
  const liked = refused < 0 ? pieces : [...pieces.slice(0, refused), ...beforeTurn(pieces[refused])];
  return liked.flatMap((piece) => piece.split(/[:()"«»“”—–]+/u));
}

const refuses = (words: readonly string[]) => words.some((word) => refusals.has(word) || refusing.test(word));

/** Of a part that refuses something, what it says before it turns to that. */
function beforeTurn(piece = ''): string[] {
  const words = partsOfText(piece).flat();
  const before = words.slice(
    0,
    Math.max(
      0,
      words.findIndex((word) => turns.has(word)),
    ),
  );
  return refuses(before) ? [] : [before.join(' ')];
}

/** What a product is found by: words of its name and of its category. */
export function termsOfProduct({
  name,
  category,
}: {
  name: string | null;
  category: string | null;
}): string[] {
  const spoken = [category, name].flatMap((text) => (text === null ? [] : partsOfText(text).flat()));
  return [...new Set(wordsOf(spoken).map(({ term }) => term))].slice(0, TERMS_MAX);
}

/** The best that a product has of some interests; null where it has nothing. Words in `common` say nothing. */
export function matchInterests(
  interests: readonly Interest[],
  terms: ReadonlySet<string>,
  common: ReadonlySet<string>,
): LikedMatch | null {
  let best: LikedMatch | null = null;
  for (const { said, words } of interests) {
    const telling = words.filter(({ term }) => !common.has(term));
    const met = telling.filter(({ term }) => terms.has(term));
    if (met.length === 0) continue;
    const isWhole = words.every(({ term }) => terms.has(term));
    const weight = met.length === telling.length ? 1 : PART_WEIGHT;
    if (best !== null && best.weight >= weight) continue;
    best = { said: isWhole ? said : met.map((word) => word.said).join(' '), weight };
  }
  return best;
}

function wordsOf(spoken: readonly string[]): { said: string; term: string }[] {
  return spoken
    .flatMap((word) => (stopWords.has(word) ? [] : word.split(/['-]/)))
    .filter((word) => !stopWords.has(word) && !/^\d+$/.test(word))
    .map((said) => ({ said, term: termOf(said) }))
    .filter(({ term }) => term.length >= 2)
    .slice(0, TERMS_MAX);
}

const ukrainianEnding =
  /(?:ами|ями|ого|ому|ими|ою|ею|єю|ів|їв|ам|ям|ах|ях|ий|ій|их|им|ої|ей|[аеєиіїоуюяйь])$/u;

/** A word without the ending that says how many there are, or its case: `teas` and `tea` are one, so are `чай` and `чаю`. */
function termOf(word: string): string {
  if (/\p{Script=Cyrillic}/u.test(word)) {
    const root = word.replace(ukrainianEnding, '');
    return root.length >= 2 ? root : word;
  }
  if (word.length < 4) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
