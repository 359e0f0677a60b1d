import type { Formats } from '../../functions/ground/formats/format.ts';
import { textIn } from '../../functions/ground/identity/languages.ts';
import type { Waived } from '../../functions/money/redemptions/waivers.ts';
import type { Messages } from '../locale.ts';

/** That a minimum is waived: by whom, until when and why. */
export function waivedWords(
  t: Messages,
  { by, who, until, reason }: Waived,
  { formats, locale }: { formats: Formats; locale: string },
): string {
  const why = textIn(reason, locale);
  if (by === 'club') return t.waiver_by_club({ benefit: why });
  const said = { who: who ?? '', why };
  return until === null ? t.waiver_open(said) : t.waiver_until({ ...said, date: formats.day(until - 1) });
}
