import type { BrowserContext } from '@playwright/test';

/** Every page of the customer's side, with the story of `portal-fixtures.ts` it is shown with. */
export const pages: { path: string; story: string }[] = [
  { path: '/', story: 'anonymous' },
  { path: '/how-it-works', story: 'full' },
  { path: '/how-it-works', story: 'empty' },
  { path: '/privacy', story: 'anonymous' },
  { path: '/no-such-page', story: 'anonymous' },
  { path: '/sign-in', story: 'anonymous' },
  { path: '/sign-in/code?id=c1', story: 'anonymous' },
  { path: '/sign-in/link?token=t', story: 'anonymous' },
  { path: '/account', story: 'full' },
  { path: '/account', story: 'empty' },
  { path: '/account', story: 'debt' },
  { path: '/account/orders', story: 'full' },
  { path: '/account/orders', story: 'empty' },
  { path: '/account/orders/web/FK-10482', story: 'full' },
  { path: '/account/rewards?made=K7QM-4TXA', story: 'full' },
  { path: '/account/rewards', story: 'empty' },
  { path: '/account/rewards/voucher', story: 'full' },
  { path: '/account/rewards/voucher?amount=5', story: 'full' },
  { path: '/account/rewards/voucher?amount=50', story: 'full' },
  { path: '/account/settings', story: 'empty' },
];

export const inUkrainian = (path: string) => (path === '/' ? '/uk' : `/uk${path}`);

export async function tell(context: BrowserContext, story: string): Promise<void> {
  await context.addCookies([{ name: 'story', value: story, domain: '127.0.0.1', path: '/' }]);
}
