import {
  blanked,
  dashed,
  each,
  emptied,
  kept,
  numbersOf,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  testimonials: {
    of: 'customer_id IN $customers',
    columns: { text: dashed, shown_name: blanked, language: kept('A language alone names nobody.') },
    also: [
      `INSERT INTO testimonial_withdrawals (testimonial_id, at, actor) SELECT id, $now, 'system:erasure' FROM testimonials
       WHERE id IN $testimonials AND id NOT IN (SELECT testimonial_id FROM testimonial_withdrawals)`,
    ],
  },
  testimonial_decisions: {
    of: 'testimonial_id IN $testimonials',
    columns: each(emptied, 'excerpt', 'reason'),
  },
  testimonial_withdrawals: numbersOf('testimonial_id IN $testimonials'),
};
