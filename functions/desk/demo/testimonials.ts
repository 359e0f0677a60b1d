import type { Locale } from '../../ground/identity/languages.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { tellChanges } from '../../voice/testimonials/changes.ts';
import { decideTestimonial } from '../../voice/testimonials/decide-testimonial.ts';
import { listOwnTestimonials, listTestimonials } from '../../voice/testimonials/list-testimonials.ts';
import { offerTestimonial } from '../../voice/testimonials/offer-testimonial.ts';
import type { NameForm } from '../../voice/testimonials/shown-name.ts';
import { withdrawTestimonial } from '../../voice/testimonials/withdraw-testimonial.ts';
import { ownContext } from './own-context.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

const consent =
  'I agree that Fern & Kettle shows these words in public, on its pages, under the name chosen above.';

interface Offer {
  email: string;
  text: string;
  nameForm: NameForm;
  language: Locale;
}

const offers = {
  anna: {
    email: people.anna.email,
    text: 'Three years of Saturdays start with their Carpathian blend. When a parcel was crushed once, they rang me before I had even noticed.',
    nameForm: 'first_name',
    language: 'en',
  },
  marta: {
    email: people.marta.email,
    text: 'Three studios, one account, and the sum at the end of the month is always the one we expected.',
    nameForm: 'company',
    language: 'en',
  },
  daniel: {
    email: people.daniel.email,
    text: 'The decaf is so good that I stopped mentioning it is decaf.',
    nameForm: 'initials',
    language: 'en',
  },
  viktor: {
    email: people.viktor.email,
    text: 'Помпа зламалася, але гроші повернули швидко й без суперечок. Тож я залишився.',
    nameForm: 'first_name',
    language: 'uk',
  },
} satisfies Record<string, Offer>;

/** Words that customers let the shop quote: shown, waiting for the editor, and taken back. */
export function testimonialStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  const quoted = (days: number, offer: Offer, excerpt = '') =>
    at(days, async (ctx) => {
      await offerOf(ctx, offer);
      const waiting = (await listTestimonials(ctx)).find(({ state }) => state === 'waiting');
      if (waiting !== undefined)
        await decideTestimonial(ctx, { id: waiting.id, decision: 'approve', excerpt });
    });
  return [
    quoted(150, offers.anna),
    quoted(80, offers.marta),
    at(60, (ctx) => offerOf(ctx, offers.daniel)),
    at(45, async (ctx) => {
      const own = await ownContext(ctx, offers.daniel.email);
      for (const { id } of await listOwnTestimonials(own)) await withdrawTestimonial(own, { id });
    }),
    at(12, (ctx) => offerOf(ctx, offers.viktor)),
    at(0, tellChanges),
  ];
}

async function offerOf(ctx: Context, { email, ...offer }: Offer): Promise<void> {
  const own = await ownContext(ctx, email);
  await offerTestimonial(own, { ...offer, consent, source: 'portal', sourceId: null, key: email });
}
