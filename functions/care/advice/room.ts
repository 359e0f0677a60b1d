import { articleActs, articleProducts, articles, articleTexts } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { advice } from './policies.ts';
import { adviceRoutes } from './routes.ts';

const auditKinds = ['article.created', 'article.saved', 'article.published', 'article.withdrawn'] as const;

export const adviceRoom: Room = {
  name: 'advice',
  routes: adviceRoutes,
  policies: [advice],
  features: [{ name: 'advice', policy: advice, pages: /^\/advice(?:\/|$)/ }],
  auditKinds,
  conflicts: ['article_acts.article_id', 'articles.slug'],
  tables: [takenHome(articles), takenHome(articleActs), takenHome(articleTexts), takenHome(articleProducts)],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}

declare module '../../ground/identity/features.ts' {
  interface FeatureNames {
    advice: true;
  }
}
