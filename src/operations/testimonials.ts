import type { Context } from '../../functions/platform/context.ts';
import { listChanges } from '../../functions/testimonials/changes.ts';
import { decideTestimonial } from '../../functions/testimonials/decide-testimonial.ts';
import {
  listOwnTestimonials,
  listQuotes,
  listTestimonials,
} from '../../functions/testimonials/list-testimonials.ts';
import { listNameChoices, offerTestimonial } from '../../functions/testimonials/offer-testimonial.ts';
import { withdrawTestimonial } from '../../functions/testimonials/withdraw-testimonial.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';

/** The testimonial room: of everybody, of the signed-in customer, and of the editor. */
export function testimonialOperations(ctx: Context) {
  return {
    listQuotes: (asked: { limit: number }) => listQuotes(ctx, asked),
    listChanges: () => listChanges(ctx),
    listNameChoices: () => listNameChoices(ctx),
    listOwn: () => listOwnTestimonials(ctx),
    offer: (asked: Parameters<typeof offerTestimonial>[1]) =>
      orRefusal(
        ['text', 'nameForm', 'form'],
        async () => {
          await offerTestimonial(ctx, asked);
          return done;
        },
        ({ errors: [first] }) => (first?.path === 'text' || first?.path === 'nameForm' ? first.path : 'form'),
      ),
    withdraw: (asked: { id: string }) => orNull(withdrawTestimonial(ctx, asked).then(() => done)),
    list: () => listTestimonials(ctx),
    decide: (asked: Parameters<typeof decideTestimonial>[1]) =>
      orNull(
        orRefusal(['validation_failed', 'testimonial_withdrawn'], async () => {
          await decideTestimonial(ctx, asked);
          return done;
        }),
      ),
  };
}

const done = { ok: true as const };
