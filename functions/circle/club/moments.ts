import { momentKey, momentOf } from '../../ground/settings/moment.ts';
import { wholeNumber } from '../../ground/settings/policy.ts';

declare module '../../ground/settings/moment.ts' {
  interface MomentNames {
    event_soon: true;
  }
}

/** How many hours before an event those who have a place are reminded. */
export const reminderHours = wholeNumber({
  key: momentKey('event_soon', 'hours'),
  standard: 24,
  from: 1,
  to: 168,
  about: 'how many hours before an event those who have a place are reminded',
});

export const eventMoment = momentOf({
  name: 'event_soon',
  purpose: 'service',
  about: 'whether those who have a place at an event are reminded of it',
  standard: 'on',
  settings: [reminderHours],
  templates: ['event_reminder'],
});
