/** What makes the portal this business's own. Read at build: change it, then build again. */
export const portal = {
  name: 'Fern & Kettle',
  /** One line under the name, in each language. */
  tagline: {
    en: 'Coffee roasters and tea merchants since 2011',
    uk: 'Обсмажуємо каву і торгуємо чаєм з 2011 року',
  },
  /** Any colour: the site derives legible tones of it for light and dark. */
  accent: '#2f6b4f',
  /** The inside of a 32 × 32 SVG; draw in `currentColor`. */
  logo: `<path d="M16 29V13.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>
<path d="M16 15.5C16 9 11.5 5.5 4 5c0 7 4 11.5 12 11.5Z" fill="currentColor"/>
<path d="M16 22c0-5.6 4-9 12-9.5C28 19 23.600 23.400 16 23.400Z" fill="currentColor" opacity=".62"/>`,
  /** Languages offered until `settings set languages` says otherwise, the first at `/`, others under their code. */
  languages: ['en', 'uk'],
  contact: {
    email: 'hello@fernandkettle.example',
    phone: '+44 20 7946 0117',
    address: '14 Tanner Yard, London SE1',
  },
  shopUrl: 'https://fernandkettle.example/',
} as const;
