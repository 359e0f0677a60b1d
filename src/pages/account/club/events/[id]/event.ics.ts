import type { APIRoute } from 'astro';
import ical, { ICalCalendarMethod } from 'ical-generator';
import { getMemberEvent } from '../../../../../../functions/circle/club/events/member-events.ts';
import { wordedIn } from '../../../../../../functions/circle/club/texts.ts';
import { orNull } from '../../../../../attempt.ts';
import { speechOf } from '../../../../../locale.ts';

/** The event for a calendar, RFC 5545. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const { locale, to } = speechOf({ locals });
  const eventId = params.id ?? '';
  const event = await orNull(
    getMemberEvent(locals.visit.ctx, {
      accountId: url.searchParams.get('account'),
      eventId,
    }),
  );
  if (!event) return new Response('', { status: 404 });
  const { title, body } = wordedIn(event.texts, locale);
  const page = new URL(to(url.pathname.replace(/\/event\.ics$/, '')) + url.search, url);
  const calendar = ical({
    name: locals.face.identity.name,
    prodId: { company: locals.face.identity.name, product: 'club' },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${eventId}@${url.hostname}`,
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: title,
    description: body,
    location: event.place,
    url: page.href,
  });
  return new Response(calendar.toString(), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="event.ics"',
      'Cache-Control': 'private, no-store',
    },
  });
};
