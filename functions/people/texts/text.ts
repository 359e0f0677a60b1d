import type { Locale } from '../../ground/identity/languages.ts';
import type { OwnParts } from '../../money/business/own-texts.ts';

/** One thing that a text says: a message of a page, or a subject, heading or body of a mail. */
export interface TextPart {
  name: string;
  /** How it is written: on one line, as one paragraph, or as several with an empty line between them. */
  form: 'line' | 'paragraph' | 'paragraphs';
  /** What we say, with names in braces; empty where there is nothing of ours. */
  ours: string;
  /** What it may name in braces. */
  names: readonly string[];
}

/** A text that the business may word itself, in one language. */
export interface Text {
  key: string;
  language: Locale;
  kind: 'page' | 'empty' | 'mail';
  /** The page on which it is read; null for a mail. */
  path: string | null;
  parts: readonly TextPart[];
  /** What the parts together have to name. */
  required: readonly string[];
  /** Those of its parts that are the business's own now. */
  own: OwnParts;
}

/** What a part says now. */
export const wordsOf = (part: TextPart, own: OwnParts): string => own[part.name] ?? part.ours;
