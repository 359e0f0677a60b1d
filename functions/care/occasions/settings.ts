import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { occasionSettings } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { type OccasionKind, occasionKinds } from './occasion-day.ts';

/** From the widest to the narrowest. */
export const audiences = ['everybody', 'buyers', 'premium'] as const;
export const giftForms = ['none', 'credit', 'voucher'] as const;

/** What the business does on a kind of day. */
export interface OccasionSetting {
  kind: OccasionKind;
  isOn: boolean;
  audience: (typeof audiences)[number];
  giftForm: (typeof giftForms)[number];
  giftMinor: bigint;
  currency: string | null;
  voucherMonths: number | null;
  minimumMinor: bigint;
  /** The business day from which on it does; no earlier day is made up for. */
  sinceDay: string;
}

/** Whether its gift is an offer: a voucher that wants a purchase of some worth. What else is given sells nothing. */
export const isOffer = ({
  giftForm,
  minimumMinor,
}: Pick<OccasionSetting, 'giftForm' | 'minimumMinor'>): boolean =>
  giftForm === 'voucher' && minimumMinor > 0n;

const listNewest = query((db) =>
  db
    .select()
    .from(occasionSettings)
    .where(sql`${occasionSettings.id} IN (SELECT max(id) FROM occasion_settings GROUP BY kind)`),
);

/** What is done on each kind of day, in the order in which one is told before others. */
export async function loadSettings(db: Pick<Store, 'read'>): Promise<OccasionSetting[]> {
  const rows = await listNewest(db);
  return occasionKinds.map((kind) => rows.find((row) => row.kind === kind) ?? { ...nothingYet, kind });
}

const nothingYet = {
  ...({ isOn: false, audience: 'everybody', giftForm: 'none', giftMinor: 0n } as const),
  ...{ currency: null, voucherMonths: null, minimumMinor: 0n, sinceDay: '' },
};
