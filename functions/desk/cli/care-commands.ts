import type { ListedCommand } from './command.ts';

/** The commands about how customers are looked after, in the order in which help shows them. */
export const careCommands: Readonly<Record<string, ListedCommand>> = {
  'causes list': {
    summary: 'Show what feedback comes from, who sees to it and by when',
    load: async () => (await import('./feedback.ts')).causesListed,
  },
  'feedback areas': {
    summary: 'Show where trouble comes from',
    load: async () => (await import('./feedback.ts')).feedbackAreas,
  },
  'plans list': {
    summary: 'Show how often each group hears from the business',
    load: async () => (await import('./plans.ts')).plansListed,
  },
  'plans set': {
    summary: 'Plan how often a group hears from the business, or change it',
    load: async () => (await import('./plans.ts')).planSet,
  },
  'plans end': {
    summary: 'End a plan',
    load: async () => (await import('./plans.ts')).planEnded,
  },
  'plans due': {
    summary: 'Show who is due by a plan, and who is held back',
    load: async () => (await import('./plans.ts')).planDue,
  },
  'occasions list': {
    summary: 'Show whose birthdays and other days come next',
    load: async () => (await import('./occasions.ts')).listOccasionsAhead,
  },
  'occasions set': {
    summary: 'Say what is done on a kind of day',
    load: async () => (await import('./occasions.ts')).setOccasionKind,
  },
  'advice list': {
    summary: 'Show the articles of advice',
    load: async () => (await import('./advice.ts')).articlesListed,
  },
  'advice show': {
    summary: 'Print an article as Markdown',
    load: async () => (await import('./advice.ts')).articleShown,
  },
  'advice write': {
    summary: 'Write an article from a Markdown file, as a draft',
    load: async () => (await import('./advice.ts')).articleWritten,
  },
  'advice publish': {
    summary: 'Show readers what an article says now',
    load: async () => (await import('./advice.ts')).articlePublished,
  },
  'advice withdraw': {
    summary: 'Take an article from its readers',
    load: async () => (await import('./advice.ts')).articleWithdrawn,
  },
  'advice picture': {
    summary: 'Add a picture for articles',
    load: async () => (await import('./advice.ts')).articlePicture,
  },
  'club member': {
    summary: 'Show the level of a member, and what keeps it',
    load: async () => (await import('./club.ts')).memberShown,
  },
  'club promises': {
    summary: 'Show how often promises were kept',
    load: async () => (await import('./club.ts')).promisesShown,
  },
  'club told': {
    summary: 'Show what was told of benefits, kept or broken',
    load: async () => (await import('./club.ts')).promisesTold,
  },
  'club take-back': {
    summary: 'Take back what was told of a benefit by mistake',
    load: async () => (await import('./club.ts')).promiseTakenBack,
  },
  'returns list': {
    summary: 'Show the returns that wait for somebody',
    load: async () => (await import('./returns.ts')).returnsListed,
  },
  'returns show': {
    summary: 'Show a return with its steps',
    load: async () => (await import('./returns.ts')).returnShown,
  },
  'returns approve': {
    summary: 'Agree to a return',
    load: async () => (await import('./returns.ts')).returnApproved,
  },
  'returns refuse': {
    summary: 'Decline a return',
    load: async () => (await import('./returns.ts')).returnRefused,
  },
  'returns receive': {
    summary: 'Tell that the things of a return have come',
    load: async () => (await import('./returns.ts')).returnReceived,
  },
  'returns settle': {
    summary: 'End a return by money, credit or an exchange',
    load: async () => (await import('./returns.ts')).returnSettled,
  },
  'waivers list': {
    summary: 'Show which accounts need not reach a minimum',
    load: async () => (await import('./waivers.ts')).waiversListed,
  },
  'waivers add': {
    summary: 'Let an account off the minimum of its orders',
    load: async () => (await import('./waivers.ts')).waiverAdded,
  },
  'waivers end': {
    summary: 'End a waiver before its time',
    load: async () => (await import('./waivers.ts')).waiverEnded,
  },
  'hospitality list': {
    summary: 'Show the register of gifts and hospitality',
    load: async () => (await import('./hospitality.ts')).hospitalityListed,
  },
  'hospitality add': {
    summary: 'Write down a gift or an entertainment',
    load: async () => (await import('./hospitality.ts')).hospitalityRecorded,
  },
  'hospitality approve': {
    summary: 'Approve a gift or an entertainment over a limit',
    load: async () => (await import('./hospitality.ts')).hospitalityApproved,
  },
  'hospitality refuse': {
    summary: 'Refuse one over a limit, with why',
    load: async () => (await import('./hospitality.ts')).hospitalityRefused,
  },
  'hospitality withdraw': {
    summary: 'Take one back that was not given after all',
    load: async () => (await import('./hospitality.ts')).hospitalityWithdrawn,
  },
  'standards list': {
    summary: 'Show within how many hours who waits is answered',
    load: async () => (await import('./standards.ts')).standardsListed,
  },
  'standards set': {
    summary: 'Set within how many hours who waits is answered',
    load: async () => (await import('./standards.ts')).standardSet,
  },
  'standards kept': {
    summary: 'Show how many were answered in time, by person',
    load: async () => (await import('./standards.ts')).standardsKept,
  },
  'ideas list': {
    summary: 'Show what the team would do better, by votes',
    load: async () => (await import('./ideas.ts')).ideasListed,
  },
  'ideas answer': {
    summary: 'Say what becomes of an idea of the team',
    load: async () => (await import('./ideas.ts')).ideaAnswered,
  },
  'guide progress': {
    summary: 'Show how far the team has read the guide',
    load: async () => (await import('./guide.ts')).guideProgress,
  },
  'guide note': {
    summary: 'Say what the team reads beside a chapter of the guide',
    load: async () => (await import('./guide.ts')).guideNoted,
  },
  'procedures list': {
    summary: 'Show what is done about complaints and contacts',
    load: async () => (await import('./procedures.ts')).proceduresListed,
  },
  'procedures set': {
    summary: 'Set what is done about one kind, from a file of steps',
    load: async () => (await import('./procedures.ts')).procedureSet,
  },
  'moments list': {
    summary: 'Show what is done by itself once there is a reason',
    load: async () => (await import('./moments.ts')).momentsListed,
  },
  'moments set': {
    summary: 'Switch a moment on or off, and set it',
    load: async () => (await import('./moments.ts')).momentSet,
  },
  'moments log': {
    summary: 'Write down a follower, or a post about the business',
    load: async () => (await import('./moments.ts')).signLogged,
  },
};
