/** Who the demo's business says it is. */
export const demoIdentity = [
  ['name', 'Fern & Kettle'],
  ['tagline.en', 'Coffee roasters and tea merchants since 2011'],
  ['tagline.uk', 'Обсмажуємо каву і торгуємо чаєм з 2011 року'],
  ['contactEmail', 'hello@fernandkettle.example'],
  ['contactPhone', '+44 20 7946 0117'],
  ['contactAddress', '14 Tanner Yard, London SE1'],
  ['shopUrl', 'https://fernandkettle.example/'],
] as const;
