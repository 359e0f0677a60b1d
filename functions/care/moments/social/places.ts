/** What a customer does for the business elsewhere: follows it, or writes about it. */
export const socialKinds = ['follow', 'post'] as const;
export type SocialKind = (typeof socialKinds)[number];

/** Where. */
export const socialPlaces = [
  'instagram',
  'facebook',
  'tiktok',
  'youtube',
  'x',
  'telegram',
  'google',
  'other',
] as const;
export type SocialPlace = (typeof socialPlaces)[number];
