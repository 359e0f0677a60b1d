import type { Identity } from '../functions/ground/identity/identity.ts';

/** What a deployment starts with; setting up the shop, or `settings set`, changes all of it while the portal runs. */
export const portal: Identity = {
  name: 'Your shop',
  /** One line under the name, in each language. */
  tagline: {},
  /** Any colour: the site derives legible tones of it for light and dark. */
  accent: '#2f6b4f',
  /** The inside of a 32 × 32 SVG, drawn in `currentColor`; null for a monogram of the name. */
  logo: null,
  /** A picture is given by `settings set logo FILE`. */
  logoFile: null,
  /** The first at `/`, others under their code. */
  languages: ['en', 'uk'],
  contact: { email: 'hello@your-shop.example', phone: '', address: '' },
  shopUrl: 'https://your-shop.example/',
};
