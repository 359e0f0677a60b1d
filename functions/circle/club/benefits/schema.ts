import { z } from 'zod';
import { clubBenefits } from '../../../../db/schema/index.ts';
import { textsInput } from '../texts.ts';

export const benefitKinds = clubBenefits.kind.enumValues;
export type BenefitKind = (typeof benefitKinds)[number];

/** What a benefit needs beyond its words: the rule it is. */
export const detailShape = z.object({
  ruleId: z.string().max(40).nullish(),
});
export type BenefitDetail = z.infer<typeof detailShape>;

/** Whom members called before the team had profiles; kept beside the benefit. */
const contactShape = z.object({
  name: z.string(),
  mail: z.string(),
  phone: z.string().nullish(),
  /** A path of a file in `public`. */
  picture: z.string().nullish(),
});
export type BenefitContact = z.infer<typeof contactShape>;

export function readContact(detail: string): BenefitContact | null {
  const kept = z.object({ manager: contactShape }).safeParse(JSON.parse(detail));
  return kept.success ? kept.data.manager : null;
}

/** What has to be right before something can be missing in it. */
const kindAndDetail = z.object({ kind: z.enum(benefitKinds), detail: detailShape });

/** What every member has by being one, so that no level can have it alone. */
const ofAllMembers: readonly BenefitKind[] = ['events', 'directory', 'panel'];

const kindAndLevel = z.object({ kind: z.enum(benefitKinds), level: z.string().nullish() });

export const benefitInput = z
  .strictObject({
    kind: z.enum(benefitKinds),
    texts: textsInput,
    detail: detailShape.default({}),
    /** The lowest level that has it; for all members when left out. */
    level: z
      .string()
      .max(40)
      .nullish()
      .transform((key) => key || null),
  })
  .refine(({ kind, level }) => level === null || !ofAllMembers.includes(kind), {
    path: ['level'],
    params: { code: 'for_all' },
    message: 'has to be empty: every member has this',
    when: ({ value }) => kindAndLevel.safeParse(value).success,
  })
  .refine(({ kind, detail }) => kind !== 'rule' || detail.ruleId, {
    path: ['detail', 'ruleId'],
    params: { code: 'required' },
    message: 'is needed for a rule of the programme',
    when: ({ value }) => kindAndDetail.safeParse(value).success,
  });
export type BenefitInput = z.input<typeof benefitInput>;
