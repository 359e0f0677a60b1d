import type { House } from '../room.ts';
import { onOrOff, type Policy } from './policy.ts';

/** What is done by itself once its cause is there, by its name. Rooms add theirs. */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface MomentNames {}
export type MomentName = keyof MomentNames & string;

/** What a message is meant for (DOMAIN §6): what is owed or answers, what is new, what is to be sold. */
export const momentPurposes = ['service', 'news', 'sales'] as const;

/** Something that is done by itself once its cause is there, as long as the business wants it (DOMAIN §6). */
export interface CareMoment {
  name: MomentName;
  purpose: (typeof momentPurposes)[number];
  isOn: Policy<'on' | 'off'>;
  /** What else is decided about it. */
  settings: readonly Policy[];
  /** Its mails, by their names. */
  templates: readonly string[];
}

/** Where staff see all moments, and set each. */
const MOMENTS_PAGE = '/console/plans/moments';

/** The key of a setting of a moment; without a part, of its switch. */
export const momentKey = (name: MomentName, part?: string): string =>
  part === undefined ? `moment.${name}` : `moment.${name}.${part}`;

/** Writes down a moment; its switch and what is decided about it are policies of its own page. */
export function momentOf({
  about,
  standard = 'off',
  needsProof,
  settings = [],
  ...moment
}: Omit<CareMoment, 'isOn' | 'settings'> & {
  /** What its switch decides, in words for the command line. */
  about: string;
  standard?: 'on' | 'off';
  /** Whether it gives money, so that staff prove their second factor again. */
  needsProof?: true;
  settings?: readonly Policy[];
}): CareMoment {
  return {
    ...moment,
    isOn: {
      ...onOrOff({ key: momentKey(moment.name), about, standard, ...(needsProof ? { needsProof } : {}) }),
      page: MOMENTS_PAGE,
    },
    settings: settings.map((one) => ({ ...one, page: MOMENTS_PAGE })),
  };
}

/** What a moment is switched and set by. */
export const policiesOf = ({ isOn, settings }: CareMoment): readonly Policy[] => [isOn, ...settings];

/** The moment whose mail a kind is; null for mail of none. */
export const momentOfMail = ({ moments }: Pick<House, 'moments'>, template: string): CareMoment | null =>
  moments.find(({ templates }) => templates.some((one) => one === template)) ?? null;
