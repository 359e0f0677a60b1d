import type { FieldError } from '../../../ground/platform/errors.ts';
import type { Flaw, FlawCode } from './flaws.ts';

/** Where each flaw lies, within its block where it is one of a block, and what is wrong there. */
const places: Record<FlawCode, [path: string, message: string]> = {
  no_subject: ['subject', 'says nothing'],
  no_blocks: ['blocks', 'needs at least one'],
  language_missing: ['subject', 'is not said in this language'],
  text_missing: ['texts', 'is not said in this language'],
  link_missing: ['link', 'is missing'],
  picture_missing: ['picture', 'is missing'],
  alt_missing: ['texts', 'does not say what is on the picture'],
  unknown_name: ['texts', 'names what nobody knows'],
  voucher_unset: ['voucher', 'is told of, but not set'],
  voucher_untold: ['voucher', 'is set, but no block tells of it'],
  no_currency: ['voucher', 'needs a currency'],
  other_currency: ['voucher', 'was said in another currency'],
  event_gone: ['eventId', 'takes place no more'],
  event_over: ['eventId', 'can be answered no more'],
  survey_closed: ['surveyId', 'is not open'],
  segment_gone: ['segment', 'is there no more'],
  sender_gone: ['sender', 'works here no more'],
};

/** A flaw as programs read it: `blocks.2.texts.uk`, the first block being 0. */
export function toFieldError({ code, block, language, name }: Flaw): FieldError {
  const [field, message] = places[code];
  const place = block === null && field === 'texts' ? 'subject' : field;
  const parts = [
    ...(block === null ? [] : ['blocks', block - 1]),
    place,
    ...(language === null ? [] : [language]),
  ];
  return { path: parts.join('.'), code, message: name === null ? message : `${message}: {${name}}` };
}
