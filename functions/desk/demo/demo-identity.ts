import { addDays } from '../../ground/platform/business-time.ts';

/** Who the demo's business says it is. */
export const demoIdentity = [
  ['name', 'Fern & Kettle'],
  ['tagline.en', 'Coffee roasters and tea merchants since 2011'],
  ['tagline.uk', 'Обсмажуємо каву і торгуємо чаєм з 2011 року'],
  ['contactEmail', 'hello@fernandkettle.example'],
  ['contactPhone', '+44 20 7946 0117'],
  ['contactAddress', '14 Tanner Yard, London SE1'],
  ['shopUrl', 'https://fernandkettle.example/'],
  ['invoiceName', 'Fern & Kettle Ltd'],
  ['invoiceAddress', '14 Tanner Yard, London SE1'],
  ['invoiceTaxNumber', 'Company no. 07601117'],
] as const;

/** The days to come on which it keeps other hours: Christmas and the day before. */
export function demoSpecialDays(today: string) {
  const year = today.slice(0, 4);
  const christmas = `${today <= `${year}-12-24` ? year : Number(year) + 1}-12-25`;
  return [
    { day: addDays(christmas, -1), hours: '09:00-14:00', names: { en: 'Christmas Eve', uk: 'Святвечір' } },
    { day: christmas, hours: '', names: { en: 'Christmas', uk: 'Різдво' } },
  ];
}

/** Where the demo's business is found. */
export const demoLocations = [
  {
    ...{
      name: 'Fern & Kettle, Tanner Yard',
      address: '14 Tanner Yard, London SE1',
      phone: '+44 20 7946 0117',
    },
    hours: 'Mon-Fri 08:00-18:00, Sat 09:00-16:00',
    directions: {
      en: 'Five minutes on foot from London Bridge. The roastery is behind the blue gate.',
      uk: 'П’ять хвилин пішки від станції London Bridge. Обсмажувальня — за синьою брамою.',
    },
  },
  {
    ...{ name: 'Fern & Kettle, Quayside', address: '3 Quayside, Bristol BS1', phone: '+44 117 496 0117' },
    hours: 'Tue-Sun 09:00-17:00',
    directions: {
      en: 'By the footbridge. Bicycles may come in.',
      uk: 'Біля пішохідного мосту. З велосипедом — можна.',
    },
  },
] as const;
