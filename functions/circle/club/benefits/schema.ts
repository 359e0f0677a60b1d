import { z } from 'zod';
import { clubBenefits } from '../../../../db/schema/index.ts';
import { textsInput } from '../texts.ts';

export const benefitKinds = clubBenefits.kind.enumValues;
export type BenefitKind = (typeof benefitKinds)[number];

/** What a benefit needs beyond its words: the rule it is, or the person behind it. */
export const detailShape = z.object({
  ruleId: z.string().max(40).nullish(),
  manager: z
    .object({
      name: z.string().trim().min(1).max(120),
      mail: z.email().max(254),
      phone: z.string().trim().max(40),
      /** A path of a file in `public`; without one their initials are shown. */
      picture: z
        .string()
        .regex(/^\/[\w/.-]{1,200}$/)
        .nullish(),
    })
    .nullish(),
});
export type BenefitDetail = z.infer<typeof detailShape>;

/** What has to be right before something can be missing in it. */
const kindAndDetail = z.object({ kind: z.enum(benefitKinds), detail: detailShape });

export const benefitInput = z
  .strictObject({ kind: z.enum(benefitKinds), texts: textsInput, detail: detailShape.default({}) })
  .refine(({ kind, detail }) => kind !== 'account_manager' || detail.manager, {
    path: ['detail', 'manager'],
    params: { code: 'required' },
    message: 'is needed for an account manager',
    when: ({ value }) => kindAndDetail.safeParse(value).success,
  })
  .refine(({ kind, detail }) => kind !== 'rule' || detail.ruleId, {
    path: ['detail', 'ruleId'],
    params: { code: 'required' },
    message: 'is needed for a rule of the programme',
    when: ({ value }) => kindAndDetail.safeParse(value).success,
  });
export type BenefitInput = z.input<typeof benefitInput>;
