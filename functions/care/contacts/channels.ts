/** The ways in which somebody of the staff and a customer meet. `post` is letters, `message` chats and texts. */
export const contactChannels = ['phone', 'meeting', 'visit', 'post', 'message', 'mail'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** `in`: the customer began. */
export const contactDirections = ['in', 'out'] as const;
export type ContactDirection = (typeof contactDirections)[number];

/** How the other side was, as who spoke with them says. */
export const contactMoods = ['good', 'neutral', 'bad'] as const;
export type ContactMood = (typeof contactMoods)[number];

/** The steps of how satisfied somebody says they are, both ends included. */
export const contactSatisfaction = { from: 1, to: 5 } as const;
