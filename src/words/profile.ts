import type { Formats } from '../../functions/ground/formats/format.ts';
import type { SegmentProfile } from '../../functions/insight/numbers/get-segment-profile.ts';
import type { KeptProfile } from '../../functions/insight/numbers/kept-segments.ts';
import { type ModelMargin, modelMarginOf } from '../../functions/insight/numbers/model-margin.ts';
import type { Estimated } from '../../functions/insight/numbers/value-model.ts';
import type { Messages } from '../locale.ts';
import { quartileWords } from './numbers.ts';

/** A figure of a segment's typical account beside that of all. */
interface FigureRow {
  name: string;
  own: string;
  whole: string;
}

type Told = SegmentProfile & { own: KeptProfile };

export function profileRows(t: Messages, formats: Formats, { own, whole, currency }: Told): FigureRow[] {
  const { number, percent } = formats;
  const money = (minor: bigint) => formats.money({ minor, currency });
  const row = (name: string, tell: (of: KeptProfile) => string): FigureRow => ({
    ...{ name, own: tell(own), whole: tell(whole) },
  });
  const share = (value: number) => percent(Math.round(value * 10_000));
  const years = (value: number) => number(Math.round(value * 10) / 10);
  return [
    row(t.profile_accounts(), ({ value }) => number(value.accounts)),
    row(t.profile_buying(), ({ typical }) => number(typical.accounts)),
    row(t.typical_basket(), ({ typical }) => quartileWords(t, typical.basketMinor, money)),
    row(t.typical_days(), ({ typical }) =>
      quartileWords(t, typical.yearDays, (days) => number(Number(days))),
    ),
    row(t.typical_interval(), ({ typical }) =>
      quartileWords(t, typical.intervalHalfDays, (half) => number(Number(half) / 2)),
    ),
    row(t.typical_year(), ({ typical }) => quartileWords(t, typical.yearSpendMinor, money)),
    row(t.profile_mean(), ({ value }) => rangeWords(t, value.yearSpendMinor, money)),
    row(t.profile_expected(), ({ value }) => rangeWords(t, value.expected?.minor ?? null, money)),
    row(t.profile_kept(), ({ value }) => rangeWords(t, value.kept?.share ?? null, share)),
    row(t.profile_years(), ({ value }) => rangeWords(t, value.lifetime?.years ?? null, years)),
    row(t.profile_lifetime(), ({ value }) => rangeWords(t, value.lifetime?.minor ?? null, money)),
    ...marginRows(t, formats, { own, whole, currency }),
    ...mixRows(t, formats, own, whole),
  ];
}

/** What is left of the figures above; none while no margin is told. */
function marginRows(
  t: Messages,
  formats: Formats,
  { own, whole, currency }: Pick<Told, 'own' | 'whole' | 'currency'>,
): FigureRow[] {
  const [ofOwn, ofWhole] = [modelMarginOf(own), modelMarginOf(whole)];
  if (ofOwn === null && ofWhole === null) return [];
  const money = (minor: bigint) => formats.money({ minor, currency });
  const row = (name: string, tell: (margin: ModelMargin) => string): FigureRow => ({
    name,
    own: ofOwn === null ? '–' : tell(ofOwn),
    whole: ofWhole === null ? '–' : tell(ofWhole),
  });
  return [
    row(t.profile_margin(), ({ bps, knownBps }) =>
      bps === null
        ? t.value_margin_unknown()
        : t.profile_margin_of({ share: formats.percent(bps), known: formats.percent(knownBps) }),
    ),
    row(t.profile_margin_year(), ({ year }) => rangeWords(t, year, money)),
    row(t.profile_margin_expected(), ({ expected }) => rangeWords(t, expected, money)),
    row(t.profile_margin_lifetime(), ({ lifetime }) => rangeWords(t, lifetime, money)),
  ];
}

function mixRows(t: Messages, { percent }: Formats, own: KeptProfile, whole: KeptProfile): FigureRow[] {
  const shareIn = (of: KeptProfile, category: string) => {
    const found = of.typical.mix.find((one) => one.category === category);
    return found === undefined ? '–' : percent(found.bps);
  };
  return own.typical.mix.map(({ category }) => ({
    name: t.profile_mix({ category: category || t.typical_no_category() }),
    own: shareIn(own, category),
    whole: shareIn(whole, category),
  }));
}

/** Of those whose year is over, the share that bought in it, with how many they are. */
export function retentionRows(t: Messages, { number, percent }: Formats, { own, whole }: Told): FigureRow[] {
  const tell = ({ value }: KeptProfile, year: number) => {
    const row = value.retention.find((one) => one.year === year);
    if (row === undefined) return '–';
    return t.profile_of({
      share: percent(Math.round((row.bought * 10_000) / row.of)),
      n: number(row.of),
    });
  };
  return own.value.retention.map(({ year }) => ({
    name: t.profile_year({ year: number(year + 1) }),
    own: tell(own, year),
    whole: tell(whole, year),
  }));
}

function rangeWords<Figure>(
  t: Messages,
  of: Estimated<Figure> | null,
  write: (value: Figure) => string,
): string {
  if (of === null) return t.profile_not_yet();
  return t.profile_range({ expected: write(of.expected), low: write(of.low), high: write(of.high) });
}
