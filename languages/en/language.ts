import type { Language } from '../language.ts';
import { kept } from './kept.ts';
import { papers } from './papers.ts';

export const language: Language = {
  name: 'English',
  inIt: 'In English',
  region: 'en-GB',
  mail: {
    greeting: 'Hello,',
    greetingFormal: 'Dear {name},',
    greetingByFirstName: 'Hello {name},',
    manager: 'Your account manager',
    standIn: 'Standing in for {name}',
    reason: 'Sent to you by {business}.',
    unsubscribe: 'Unsubscribe',
    preferences: 'Choose what you hear from us, and how',
  },
  consents: {
    terms:
      'I join {business}. My email address, my name and my orders are kept so that what I earn can be worked out and shown to me, as the privacy page says. I can leave at any time in my profile.',
    news: '{business} may write to me by email about new products and offers. I can withdraw this at any time.',
  },
  campaigns: {
    voucher: '{amount} off your next purchase',
    voucherUntil: 'Valid once, until {date}',
    voucherHidden: 'Whoever may spend for your account finds its code there.',
    product: 'Have a look',
    event: 'See it and answer',
    survey: 'Give your opinion',
  },
  moments: {
    lapsedCall: 'Call: ask why they stopped buying',
  },
  surveys: {
    recommendation: {
      title: 'Would you recommend {business}?',
      recommend: 'How likely are you to recommend {business} to a friend or colleague?',
      disappointed: 'What disappointed you most?',
      missing: 'What would make it a 10?',
      liked: 'What do you like best?',
    },
    delivery: {
      title: 'How was your order?',
      satisfied: 'How satisfied are you with your order?',
      wrong: 'What went wrong?',
      late: 'It came late',
      damaged: 'Something was damaged',
      different: 'It was not what I expected',
      other: 'Something else',
      effort: '{business} made it easy to get what I wanted.',
      more: 'Anything else we should know?',
    },
    afterCase: {
      title: 'How did we handle it?',
      intro: 'You told us something, and we answered.',
      satisfied: 'How satisfied are you with how it ended?',
      effort: '{business} made it easy to have it put right.',
      better: 'What should we have done better?',
    },
    afterContact: {
      title: 'Did we help?',
      satisfied: 'How satisfied are you with how we helped you?',
    },
    relationship: {
      title: 'You and us',
      trust: 'How far do you agree about {business}?',
      commitment: 'And about being our customer?',
      gap: 'What do you need from us that we do not do yet?',
      statements: {
        integrity: '{business} keeps its promises.',
        competence: '{business} knows its trade.',
        care: '{business} cares how things turn out for me.',
        attachment: 'I like being a customer of {business}.',
        continuity: 'I intend to stay a customer of {business}.',
        worth: 'Keeping this relationship going is worth some effort to me.',
      },
    },
    wants: {
      title: 'What you want and what you get',
      topics: 'How much does each of these matter to you, and how well do we do it?',
      hint: 'Leave out what you cannot judge.',
      need: 'Of all you need of what we sell, how much do you buy from us?',
      more: 'What should we do differently first?',
      list: {
        range: 'Choice of goods',
        quality: 'Quality of goods',
        price: 'Price for what you get',
        delivery: 'Delivery as promised',
        advice: 'Good advice',
        ordering: 'Ease of ordering',
        help: 'Help when something goes wrong',
      },
    },
  },
  kept,
  papers,
};
