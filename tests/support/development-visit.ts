import type { Visit } from '../../src/visit.ts';
import { fixtureOperations, type Story } from './portal-fixtures.ts';

/** A visit answered from fixtures; the cookie `story` picks one, `anonymous` being nobody. */
export function developmentVisit(request: Request): Visit {
  const story = /story=(\w+)/.exec(request.headers.get('Cookie') ?? '')?.[1] ?? 'full';
  return {
    operations: fixtureOperations(isStory(story) ? story : 'full'),
    customer:
      story === 'anonymous'
        ? null
        : { id: 'c1', email: 'ann@example.com', name: story === 'empty' ? null : 'Ann', language: 'en' },
    staff: null,
    listMailbox: null,
    timeZone: 'Europe/London',
    report: (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      return 'E-4F7K2Q';
    },
  };
}

const isStory = (text: string): text is Story => ['full', 'empty', 'debt'].includes(text);
