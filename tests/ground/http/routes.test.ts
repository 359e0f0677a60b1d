import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import {
  createArticleExample,
  pictureExample,
  publishExample,
  saveArticleExample,
} from '../../../functions/care/advice/schema.ts';
import { createCampaignExample, scheduleExample } from '../../../functions/care/campaigns/schema.ts';
import { contactExample } from '../../../functions/care/contacts/api-schema.ts';
import {
  decisionExample as decideHospitalityExample,
  recordExample,
  withdrawalExample,
} from '../../../functions/care/hospitality/schema.ts';
import { momentExample, signExample } from '../../../functions/care/moments/schema.ts';
import {
  answerRequestExample,
  declineRequestExample,
  placeRequestExample,
} from '../../../functions/care/order-requests/schema.ts';
import {
  moveExample,
  rehearseExample as rehearseReturnExample,
  requestExample as requestReturnExample,
  settleExample,
} from '../../../functions/care/returns/schema.ts';
import { procedureExample, standardExample } from '../../../functions/care/standards/schema.ts';
import { tellPromiseExample } from '../../../functions/circle/club/promises/tell-promise.ts';
import { takeBackExample } from '../../../functions/circle/club/promises/told.ts';
import { addMemberExample, claimExample, endMemberExample } from '../../../functions/circle/club/schema.ts';
import { addMarkExample, tellCodeExample } from '../../../functions/circle/referrals/schema.ts';
import { erasureExample } from '../../../functions/desk/erasure/schema.ts';
import { setNoteExample } from '../../../functions/desk/guide/set-note.ts';
import { answerIdeaExample } from '../../../functions/desk/ideas/schema.ts';
import { customerMergeExample, mergeReversalExample } from '../../../functions/desk/merging/schema.ts';
import { BODY_BYTES_MAX } from '../../../functions/ground/http/request-body.ts';
import { type Scope, scopes } from '../../../functions/ground/platform/context.ts';
import { setMarginsExample } from '../../../functions/insight/margins/schema.ts';
import { countSegmentExample, setSegmentExample } from '../../../functions/insight/segments/schema.ts';
import { setCatalogueExample } from '../../../functions/money/catalogue/schema.ts';
import {
  giveOrderExample,
  orderEventExample,
  orderExample,
  refundExample,
} from '../../../functions/money/orders/examples.ts';
import {
  redemptionExample,
  reversalExample,
  voucherUseExample,
} from '../../../functions/money/redemptions/examples.ts';
import { paymentExample } from '../../../functions/money/redemptions/payouts/routes.ts';
import { rehearseExample } from '../../../functions/money/rehearsal/schema.ts';
import { waiveExample } from '../../../functions/money/waivers/schema.ts';
import { addCustomerExample, correctCustomerExample } from '../../../functions/people/customers/schema.ts';
import {
  invitePersonExample,
  permissionExample,
  removalExample,
} from '../../../functions/people/households/schema.ts';
import { decisionExample, inviteExample as inviteToJoin } from '../../../functions/people/joining/schema.ts';
import { locationExample, specialDayExample } from '../../../functions/people/locations/schema.ts';
import { managerExample } from '../../../functions/people/managers/schema.ts';
import { archiveExample } from '../../../functions/people/order-archive/routes.ts';
import { ownValuesExample } from '../../../functions/people/own-fields/schema.ts';
import { preferencesExample } from '../../../functions/people/preferences/answer.ts';
import { textExample } from '../../../functions/people/texts/schema.ts';
import { uploadExample } from '../../../functions/reach/imports/runs/schema.ts';
import {
  closingExample,
  openExample,
  planExample,
  setCauseExample,
  stepExample,
  stepStateExample,
} from '../../../functions/voice/feedback/causes/api-schema.ts';
import { answerExample, feedbackExample, serverExample } from '../../../functions/voice/feedback/examples.ts';
import { inviteExample } from '../../../functions/voice/surveys/schema.ts';
import { createTestApi, post } from '../../support/test-api.ts';

/** What every route of the router has to be listed with; a new one without a row fails. */
interface Row {
  method?: 'PUT' | 'PATCH';
  scope: Scope;
  /** A second scope that it asks for. */
  alsoNeeds?: Scope;
  /** An address of the route; `unknown` when it names something that is not there. */
  path: string;
  unknown: boolean;
  /** A body that is accepted; none for a GET. */
  body?: object;
  /** The body of a route that takes a file. */
  file?: { type: string; text: string };
}

const id = '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f';

const rows: Record<string, Row> = {
  'POST /api/v1/orders': { scope: 'orders:write', path: '/orders', unknown: false, body: orderExample },
  'POST /api/v1/orders/preview': {
    scope: 'orders:write',
    alsoNeeds: 'customers:read',
    path: '/orders/preview',
    unknown: false,
    body: orderExample,
  },
  'GET /api/v1/levels': { scope: 'customers:read', path: '/levels?month=2026-02', unknown: false },
  'GET /api/v1/levels/accounts': {
    scope: 'customers:read',
    path: '/levels/accounts?level=first',
    unknown: false,
  },
  'GET /api/v1/levels/movements': {
    scope: 'customers:read',
    path: '/levels/movements?month=2026-02',
    unknown: false,
  },
  'GET /api/v1/numbers/rfm': { scope: 'customers:read', path: '/numbers/rfm', unknown: true },
  'GET /api/v1/numbers/retention': { scope: 'customers:read', path: '/numbers/retention', unknown: true },
  'GET /api/v1/numbers/spend': { scope: 'customers:read', path: '/numbers/spend', unknown: true },
  'GET /api/v1/numbers/intervals': { scope: 'customers:read', path: '/numbers/intervals', unknown: true },
  'GET /api/v1/numbers/seasons': { scope: 'customers:read', path: '/numbers/seasons', unknown: true },
  'GET /api/v1/numbers/typical': { scope: 'customers:read', path: '/numbers/typical', unknown: true },
  'GET /api/v1/margins': { scope: 'settings:read', path: '/margins', unknown: false },
  'POST /api/v1/margins': {
    scope: 'settings:write',
    path: '/margins',
    unknown: false,
    body: setMarginsExample,
  },
  'GET /api/v1/praise-themes': { scope: 'feedback:read', path: '/praise-themes', unknown: false },
  'GET /api/v1/changes': { scope: 'feedback:read', path: '/changes', unknown: false },
  'GET /api/v1/changes/:id': { scope: 'feedback:read', path: `/changes/${id}`, unknown: true },
  'GET /api/v1/opinions': {
    scope: 'feedback:read',
    alsoNeeds: 'customers:read',
    path: '/opinions?kind=commitment',
    unknown: false,
  },
  'GET /api/v1/opinions/topics': {
    scope: 'feedback:read',
    path: '/opinions/topics?level=first&type=company',
    unknown: false,
  },
  'GET /api/v1/accounts/:id/opinions': {
    scope: 'feedback:read',
    alsoNeeds: 'customers:read',
    path: `/accounts/${id}/opinions`,
    unknown: true,
  },
  'GET /api/v1/key-accounts': { scope: 'customers:read', path: '/key-accounts', unknown: false },
  'GET /api/v1/orders': { scope: 'orders:read', path: '/orders', unknown: false },
  'GET /api/v1/orders/:source/:number': { scope: 'orders:read', path: '/orders/till/none', unknown: true },
  'GET /api/v1/feedback/export': { scope: 'feedback:read', path: '/feedback/export', unknown: false },
  'GET /api/v1/archive': { scope: 'archive:read', path: '/archive', unknown: false },
  'POST /api/v1/archive/imports': {
    scope: 'archive:write',
    path: '/archive/imports',
    unknown: false,
    file: { type: 'application/gzip', text: 'no archive' },
  },
  'GET /api/v1/archive/imports/:id': {
    scope: 'archive:write',
    path: `/archive/imports/${id}`,
    unknown: true,
  },
  'GET /api/v1/backups': { scope: 'backups:read', path: '/backups', unknown: false },
  'POST /api/v1/backups': {
    scope: 'backups:write',
    path: '/backups',
    unknown: false,
    body: { place: null },
  },
  'POST /api/v1/orders/:source/:number/events': {
    scope: 'orders:write',
    path: '/orders/till/none/events',
    unknown: true,
    body: orderEventExample,
  },
  'POST /api/v1/orders/:source/:number/customer': {
    scope: 'orders:write',
    path: '/orders/till/none/customer',
    unknown: true,
    body: giveOrderExample,
  },
  'POST /api/v1/orders/:source/:number/links': {
    scope: 'orders:write',
    path: '/orders/till/none/links',
    unknown: true,
    body: {},
  },
  'POST /api/v1/orders/:source/:number/links/end': {
    scope: 'orders:write',
    path: '/orders/till/none/links/end',
    unknown: true,
    body: {},
  },
  'GET /api/v1/orders/:source/:number/returnable': {
    scope: 'orders:read',
    path: '/orders/till/none/returnable',
    unknown: true,
  },
  'GET /api/v1/returns': { scope: 'orders:read', path: '/returns', unknown: false },
  'GET /api/v1/returns/:reference': {
    scope: 'orders:read',
    path: '/returns/K7QX-M2PD',
    unknown: true,
  },
  'POST /api/v1/returns': {
    scope: 'orders:write',
    path: '/returns',
    unknown: true,
    body: requestReturnExample,
  },
  'POST /api/v1/returns/preview': {
    scope: 'orders:write',
    path: '/returns/preview',
    unknown: true,
    body: rehearseReturnExample,
  },
  'POST /api/v1/returns/:reference/approval': {
    scope: 'orders:write',
    path: '/returns/K7QX-M2PD/approval',
    unknown: true,
    body: moveExample,
  },
  'POST /api/v1/returns/:reference/refusal': {
    scope: 'orders:write',
    path: '/returns/K7QX-M2PD/refusal',
    unknown: true,
    body: moveExample,
  },
  'POST /api/v1/returns/:reference/receipt': {
    scope: 'orders:write',
    path: '/returns/K7QX-M2PD/receipt',
    unknown: true,
    body: moveExample,
  },
  'POST /api/v1/returns/:reference/settlement': {
    scope: 'orders:write',
    path: '/returns/K7QX-M2PD/settlement',
    unknown: true,
    body: settleExample,
  },
  'POST /api/v1/orders/:source/:number/refunds': {
    scope: 'orders:write',
    path: '/orders/till/none/refunds',
    unknown: true,
    body: refundExample,
  },
  'GET /api/v1/club/members': { scope: 'customers:read', path: '/club/members', unknown: false },
  'GET /api/v1/club/members/:accountId': {
    scope: 'customers:read',
    path: `/club/members/${id}`,
    unknown: true,
  },
  'GET /api/v1/club/promises': { scope: 'customers:read', path: '/club/promises', unknown: false },
  'POST /api/v1/club/benefits/:id/promises': {
    scope: 'customers:write',
    path: `/club/benefits/${id}/promises`,
    unknown: true,
    body: tellPromiseExample,
  },
  'GET /api/v1/club/told-promises': {
    scope: 'customers:read',
    path: '/club/told-promises',
    unknown: false,
  },
  'POST /api/v1/club/told-promises/:id/withdrawal': {
    scope: 'customers:write',
    path: `/club/told-promises/${id}/withdrawal`,
    unknown: true,
    body: takeBackExample,
  },
  'GET /api/v1/hospitality': { scope: 'contacts:read', path: '/hospitality', unknown: false },
  'POST /api/v1/hospitality': {
    scope: 'contacts:write',
    path: '/hospitality',
    unknown: true,
    body: recordExample,
  },
  'POST /api/v1/hospitality/:id/decision': {
    scope: 'contacts:write',
    path: `/hospitality/${id}/decision`,
    unknown: true,
    body: decideHospitalityExample,
  },
  'POST /api/v1/hospitality/:id/withdrawal': {
    scope: 'contacts:write',
    path: `/hospitality/${id}/withdrawal`,
    unknown: true,
    body: withdrawalExample,
  },
  'GET /api/v1/catalogue': { scope: 'orders:read', path: '/catalogue', unknown: false },
  'POST /api/v1/catalogue': {
    scope: 'settings:write',
    path: '/catalogue',
    unknown: false,
    body: setCatalogueExample,
  },
  'POST /api/v1/orders/:source/:number/archive': {
    scope: 'orders:write',
    path: '/orders/web/none/archive',
    unknown: true,
    body: archiveExample,
  },
  'GET /api/v1/papers': { scope: 'orders:read', path: '/papers', unknown: false },
  'GET /api/v1/papers/:id': { scope: 'orders:read', path: `/papers/${id}`, unknown: true },
  'GET /api/v1/papers/:id/file': { scope: 'orders:read', path: `/papers/${id}/file`, unknown: true },
  'POST /api/v1/papers/:id/mail': {
    scope: 'orders:write',
    path: `/papers/${id}/mail`,
    unknown: true,
    body: {},
  },
  'POST /api/v1/orders/:source/:number/invoice': {
    scope: 'orders:write',
    path: '/orders/web/none/invoice',
    unknown: true,
    body: {},
  },
  'GET /api/v1/order-requests': { scope: 'orders:read', path: '/order-requests', unknown: false },
  'GET /api/v1/order-requests/:id': { scope: 'orders:read', path: `/order-requests/${id}`, unknown: true },
  'POST /api/v1/order-requests': {
    scope: 'orders:write',
    path: '/order-requests',
    unknown: true,
    body: placeRequestExample,
  },
  'POST /api/v1/order-requests/:id/answer': {
    scope: 'orders:write',
    path: `/order-requests/${id}/answer`,
    unknown: true,
    body: answerRequestExample,
  },
  'POST /api/v1/order-requests/:id/decline': {
    scope: 'orders:write',
    path: `/order-requests/${id}/decline`,
    unknown: true,
    body: declineRequestExample,
  },
  'GET /api/v1/minimum-waivers': { scope: 'customers:read', path: '/minimum-waivers', unknown: false },
  'POST /api/v1/minimum-waivers': {
    scope: 'customers:write',
    path: '/minimum-waivers',
    unknown: true,
    body: waiveExample,
  },
  'POST /api/v1/minimum-waivers/:id/end': {
    scope: 'customers:write',
    path: `/minimum-waivers/${id}/end`,
    unknown: true,
    body: {},
  },
  'POST /api/v1/club/members': {
    scope: 'customers:write',
    path: '/club/members',
    unknown: true,
    body: addMemberExample,
  },
  'POST /api/v1/club/members/:accountId/end': {
    scope: 'customers:write',
    path: `/club/members/${id}/end`,
    unknown: true,
    body: endMemberExample,
  },
  'POST /api/v1/customer-merges': {
    scope: 'customers:write',
    alsoNeeds: 'orders:write',
    path: '/customer-merges',
    unknown: false,
    body: customerMergeExample,
  },
  'POST /api/v1/customer-merges/:id/reversal': {
    scope: 'customers:write',
    alsoNeeds: 'orders:write',
    path: `/customer-merges/${id}/reversal`,
    unknown: true,
    body: mergeReversalExample,
  },
  'GET /api/v1/erasures': { scope: 'privacy:read', path: '/erasures', unknown: false },
  'POST /api/v1/erasures': {
    scope: 'privacy:write',
    path: '/erasures',
    unknown: true,
    body: erasureExample,
  },
  'GET /api/v1/looks': { scope: 'privacy:read', path: '/looks', unknown: false },
  'GET /api/v1/drops': { scope: 'customers:read', path: '/drops', unknown: false },
  'POST /api/v1/drops/:id/claims': {
    scope: 'customers:write',
    path: `/drops/${id}/claims`,
    unknown: true,
    body: claimExample,
  },
  'POST /api/v1/invitations': {
    scope: 'customers:write',
    path: '/invitations',
    unknown: false,
    body: inviteToJoin,
  },
  'GET /api/v1/join-requests': { scope: 'customers:read', path: '/join-requests', unknown: false },
  'POST /api/v1/join-requests/:id/decision': {
    scope: 'customers:write',
    path: `/join-requests/${id}/decision`,
    unknown: true,
    body: decisionExample,
  },
  'GET /api/v1/accounts/:id/people': {
    scope: 'customers:read',
    path: `/accounts/${id}/people`,
    unknown: true,
  },
  'POST /api/v1/accounts/:id/people': {
    scope: 'customers:write',
    path: `/accounts/${id}/people`,
    unknown: true,
    body: invitePersonExample,
  },
  'POST /api/v1/imports': {
    scope: 'imports:write',
    path: '/imports?fileName=till.csv',
    unknown: false,
    file: { type: 'text/csv', text: uploadExample },
  },
  'GET /api/v1/imports': { scope: 'imports:read', path: '/imports', unknown: false },
  'GET /api/v1/imports/:id': { scope: 'imports:read', path: `/imports/${id}`, unknown: true },
  'GET /api/v1/imports/:id/rejected': {
    scope: 'imports:read',
    path: `/imports/${id}/rejected`,
    unknown: true,
  },
  'POST /api/v1/imports/:id/dry-run': {
    scope: 'imports:write',
    path: `/imports/${id}/dry-run`,
    unknown: true,
    body: { currency: 'EUR' },
  },
  'POST /api/v1/imports/:id/start': {
    scope: 'imports:write',
    path: `/imports/${id}/start`,
    unknown: true,
    body: {},
  },
  'POST /api/v1/imports/:id/cancel': {
    scope: 'imports:write',
    path: `/imports/${id}/cancel`,
    unknown: true,
    body: {},
  },
  'POST /api/v1/imports/:id/undo': {
    scope: 'imports:write',
    path: `/imports/${id}/undo`,
    unknown: true,
    body: {},
  },
  'GET /api/v1/texts': { scope: 'texts:read', path: '/texts', unknown: false },
  'GET /api/v1/texts/:language/:key': { scope: 'texts:read', path: '/texts/en/none', unknown: true },
  'PUT /api/v1/texts/:language/:key': {
    scope: 'texts:write',
    method: 'PUT',
    path: '/texts/en/none',
    unknown: true,
    body: textExample,
  },
  'POST /api/v1/customers': {
    scope: 'customers:write',
    path: '/customers',
    unknown: false,
    body: addCustomerExample,
  },
  'PATCH /api/v1/customers/:id': {
    method: 'PATCH',
    scope: 'customers:write',
    path: `/customers/${id}`,
    unknown: true,
    body: correctCustomerExample,
  },
  'GET /api/v1/own-fields': { scope: 'customers:read', path: '/own-fields', unknown: false },
  'POST /api/v1/customers/:id/own-fields': {
    scope: 'customers:write',
    path: `/customers/${id}/own-fields`,
    unknown: true,
    body: ownValuesExample,
  },
  'GET /api/v1/customers/:id/preferences': {
    scope: 'customers:read',
    path: `/customers/${id}/preferences`,
    unknown: true,
  },
  'POST /api/v1/customers/:id/preferences': {
    scope: 'customers:write',
    path: `/customers/${id}/preferences`,
    unknown: true,
    body: preferencesExample,
  },
  'POST /api/v1/customers/:id/manager': {
    scope: 'customers:write',
    path: `/customers/${id}/manager`,
    unknown: true,
    body: managerExample,
  },
  'POST /api/v1/accounts/:id/people/:customerId/permission': {
    scope: 'customers:write',
    path: `/accounts/${id}/people/${id}/permission`,
    unknown: true,
    body: permissionExample,
  },
  'POST /api/v1/accounts/:id/removals': {
    scope: 'customers:write',
    path: `/accounts/${id}/removals`,
    unknown: true,
    body: removalExample,
  },
  'GET /api/v1/customers': { scope: 'customers:read', path: '/customers?email=a@b.c', unknown: false },
  'GET /api/v1/customers/:id': { scope: 'customers:read', path: `/customers/${id}`, unknown: true },
  'GET /api/v1/customers/:id/orders': {
    scope: 'customers:read',
    alsoNeeds: 'orders:read',
    path: `/customers/${id}/orders`,
    unknown: true,
  },
  'GET /api/v1/customers/:id/value': {
    scope: 'customers:read',
    path: '/customers/none/value',
    unknown: true,
  },
  'GET /api/v1/customers/:id/balance': {
    scope: 'customers:read',
    path: `/customers/${id}/balance`,
    unknown: true,
  },
  'GET /api/v1/customers/:id/forecast': {
    scope: 'customers:read',
    path: `/customers/${id}/forecast`,
    unknown: true,
  },
  'GET /api/v1/customers/:id/recommendations': {
    scope: 'customers:read',
    path: `/customers/${id}/recommendations`,
    unknown: true,
  },
  'GET /api/v1/customers/:id/ledger': {
    scope: 'customers:read',
    path: `/customers/${id}/ledger`,
    unknown: true,
  },
  'GET /api/v1/segments': { scope: 'segments:read', path: '/segments', unknown: false },
  'POST /api/v1/segments': {
    scope: 'segments:write',
    path: '/segments',
    unknown: false,
    body: setSegmentExample,
  },
  'POST /api/v1/segments/counts': {
    scope: 'segments:read',
    path: '/segments/counts',
    unknown: false,
    body: countSegmentExample,
  },
  'GET /api/v1/segments/:id': { scope: 'segments:read', path: '/segments/none', unknown: true },
  'GET /api/v1/segments/:id/why': {
    scope: 'segments:read',
    alsoNeeds: 'customers:read',
    path: '/segments/none/why?email=a@b.co',
    unknown: true,
  },
  'GET /api/v1/segments/:id/profile': {
    scope: 'segments:read',
    alsoNeeds: 'customers:read',
    path: '/segments/none/profile',
    unknown: true,
  },
  'GET /api/v1/segments/:id/members': {
    scope: 'segments:read',
    alsoNeeds: 'customers:read',
    path: '/segments/none/members',
    unknown: true,
  },
  'POST /api/v1/redemptions': {
    scope: 'redemptions:write',
    path: '/redemptions',
    unknown: true,
    body: redemptionExample,
  },
  'POST /api/v1/redemptions/:id/reversal': {
    scope: 'redemptions:write',
    path: `/redemptions/${id}/reversal`,
    unknown: true,
    body: reversalExample,
  },
  'POST /api/v1/contacts': {
    scope: 'contacts:write',
    path: '/contacts',
    unknown: false,
    body: contactExample,
  },
  'GET /api/v1/contacts/numbers': {
    scope: 'contacts:read',
    path: '/contacts/numbers?since=2026-01-01',
    unknown: false,
  },
  'GET /api/v1/contacts': { scope: 'contacts:read', path: '/contacts?direction=in', unknown: false },
  'GET /api/v1/campaigns': { scope: 'campaigns:read', path: '/campaigns', unknown: false },
  'POST /api/v1/campaigns': {
    scope: 'campaigns:write',
    path: '/campaigns',
    unknown: false,
    body: createCampaignExample,
  },
  'GET /api/v1/campaigns/:id': { scope: 'campaigns:read', path: `/campaigns/${id}`, unknown: true },
  'GET /api/v1/campaigns/:id/result': {
    scope: 'campaigns:read',
    path: `/campaigns/${id}/result`,
    unknown: true,
  },
  'POST /api/v1/campaigns/:id/schedule': {
    scope: 'campaigns:write',
    path: `/campaigns/${id}/schedule`,
    unknown: true,
    body: scheduleExample,
  },
  'POST /api/v1/campaigns/:id/stop': {
    scope: 'campaigns:write',
    path: `/campaigns/${id}/stop`,
    unknown: true,
    body: {},
  },
  'GET /api/v1/hits': { scope: 'customers:read', path: '/hits?since=2026-01-01', unknown: false },
  'GET /api/v1/articles': { scope: 'advice:read', path: '/articles', unknown: false },
  'POST /api/v1/articles': {
    scope: 'advice:write',
    path: '/articles',
    unknown: false,
    body: createArticleExample,
  },
  'POST /api/v1/articles/pictures': {
    scope: 'advice:write',
    path: '/articles/pictures',
    unknown: false,
    body: pictureExample,
  },
  'GET /api/v1/articles/:id': { scope: 'advice:read', path: `/articles/${id}`, unknown: true },
  'POST /api/v1/articles/:id/versions': {
    scope: 'advice:write',
    path: `/articles/${id}/versions`,
    unknown: true,
    body: saveArticleExample,
  },
  'POST /api/v1/articles/:id/publication': {
    scope: 'advice:write',
    path: `/articles/${id}/publication`,
    unknown: true,
    body: publishExample,
  },
  'POST /api/v1/articles/:id/withdrawal': {
    scope: 'advice:write',
    path: `/articles/${id}/withdrawal`,
    unknown: true,
    body: {},
  },
  'GET /api/v1/locations': { scope: 'settings:read', path: '/locations', unknown: false },
  'POST /api/v1/locations': {
    scope: 'settings:write',
    path: '/locations',
    unknown: false,
    body: locationExample,
  },
  'POST /api/v1/locations/special-days': {
    scope: 'settings:write',
    path: '/locations/special-days',
    unknown: false,
    body: specialDayExample,
  },
  'GET /api/v1/standards': { scope: 'feedback:read', path: '/standards', unknown: false },
  'POST /api/v1/standards': {
    scope: 'settings:write',
    path: '/standards',
    unknown: false,
    body: standardExample,
  },
  'GET /api/v1/standards/kept': {
    scope: 'feedback:read',
    alsoNeeds: 'contacts:read',
    path: '/standards/kept?since=2026-01-01',
    unknown: false,
  },
  'GET /api/v1/procedures': { scope: 'feedback:read', path: '/procedures', unknown: false },
  'POST /api/v1/procedures': {
    scope: 'settings:write',
    path: '/procedures',
    unknown: false,
    body: procedureExample,
  },
  'GET /api/v1/guide': { scope: 'feedback:read', path: '/guide', unknown: false },
  'POST /api/v1/guide/notes': {
    scope: 'settings:write',
    path: '/guide/notes',
    unknown: false,
    body: setNoteExample,
  },
  'GET /api/v1/guide/progress': { scope: 'settings:read', path: '/guide/progress', unknown: false },
  'GET /api/v1/ideas': { scope: 'feedback:read', path: '/ideas', unknown: false },
  'POST /api/v1/ideas/:id/answers': {
    scope: 'settings:write',
    path: `/ideas/${id}/answers`,
    unknown: true,
    body: answerIdeaExample,
  },
  'GET /api/v1/moments': { scope: 'customers:read', path: '/moments', unknown: false },
  'PUT /api/v1/moments/:name': {
    scope: 'settings:write',
    method: 'PUT',
    path: '/moments/nothing',
    unknown: true,
    body: momentExample,
  },
  'POST /api/v1/social-signs': {
    scope: 'customers:write',
    path: '/social-signs',
    unknown: true,
    body: signExample,
  },
  'GET /api/v1/occasions': { scope: 'customers:read', path: '/occasions', unknown: false },
  'GET /api/v1/plans': { scope: 'contacts:read', path: '/plans', unknown: false },
  'GET /api/v1/plans/:id/due': { scope: 'customers:read', path: `/plans/${id}/due`, unknown: true },
  'GET /api/v1/attention/:list': { scope: 'customers:read', path: '/attention/lapsed', unknown: false },
  'GET /api/v1/movements': { scope: 'customers:read', path: '/movements', unknown: false },
  'GET /api/v1/payouts': { scope: 'redemptions:read', path: '/payouts', unknown: false },
  'POST /api/v1/payouts/:id/payment': {
    scope: 'redemptions:write',
    path: `/payouts/${id}/payment`,
    unknown: true,
    body: paymentExample,
  },
  'POST /api/v1/programme/rehearsals': {
    scope: 'programme:read',
    alsoNeeds: 'orders:read',
    path: '/programme/rehearsals',
    unknown: false,
    body: rehearseExample,
  },
  'POST /api/v1/referrals': {
    scope: 'customers:write',
    path: '/referrals',
    unknown: true,
    body: tellCodeExample,
  },
  'GET /api/v1/customers/:id/referrals': {
    scope: 'customers:read',
    path: `/customers/${id}/referrals`,
    unknown: true,
  },
  'POST /api/v1/customers/:id/marks': {
    scope: 'customers:write',
    path: `/customers/${id}/marks`,
    unknown: true,
    body: addMarkExample,
  },
  'GET /api/v1/vouchers/:code': { scope: 'redemptions:read', path: '/vouchers/K7QX-M2PD', unknown: true },
  'GET /api/v1/surveys': { scope: 'feedback:read', path: '/surveys', unknown: false },
  'GET /api/v1/surveys/:id/results': { scope: 'feedback:read', path: '/surveys/none/results', unknown: true },
  'POST /api/v1/surveys/:id/invitations': {
    scope: 'feedback:write',
    path: '/surveys/none/invitations',
    unknown: true,
    body: inviteExample,
  },
  'POST /api/v1/vouchers/:code/use': {
    scope: 'redemptions:write',
    path: '/vouchers/K7QX-M2PD/use',
    unknown: true,
    body: voucherUseExample,
  },
  'POST /api/v1/feedback': {
    scope: 'feedback:write',
    path: '/feedback',
    unknown: true,
    body: feedbackExample,
  },
  'GET /api/v1/feedback': { scope: 'feedback:read', path: '/feedback', unknown: false },
  'GET /api/v1/feedback/:id': { scope: 'feedback:read', path: `/feedback/${id}`, unknown: true },
  'POST /api/v1/feedback/:id/messages': {
    scope: 'feedback:write',
    path: `/feedback/${id}/messages`,
    unknown: true,
    body: answerExample,
  },
  'POST /api/v1/feedback/:id/server': {
    scope: 'feedback:write',
    path: `/feedback/${id}/server`,
    unknown: true,
    body: serverExample,
  },
  'POST /api/v1/feedback/:id/cause': {
    scope: 'feedback:write',
    path: `/feedback/${id}/cause`,
    unknown: true,
    body: setCauseExample,
  },
  'GET /api/v1/feedback/areas': {
    scope: 'feedback:read',
    path: '/feedback/areas?by=process',
    unknown: false,
  },
  'GET /api/v1/causes': { scope: 'feedback:read', path: '/causes', unknown: false },
  'GET /api/v1/causes/:id': { scope: 'feedback:read', path: `/causes/${id}`, unknown: true },
  'POST /api/v1/causes': { scope: 'feedback:write', path: '/causes', unknown: false, body: openExample },
  'POST /api/v1/causes/:id/plan': {
    scope: 'feedback:write',
    path: `/causes/${id}/plan`,
    unknown: true,
    body: planExample,
  },
  'POST /api/v1/causes/:id/steps': {
    scope: 'feedback:write',
    path: `/causes/${id}/steps`,
    unknown: true,
    body: stepExample,
  },
  'POST /api/v1/causes/:id/steps/:step/state': {
    scope: 'feedback:write',
    path: `/causes/${id}/steps/${id}/state`,
    unknown: true,
    body: stepStateExample,
  },
  'POST /api/v1/causes/:id/closing': {
    scope: 'feedback:write',
    path: `/causes/${id}/closing`,
    unknown: true,
    body: closingExample,
  },
  'POST /api/v1/causes/:id/reopening': {
    scope: 'feedback:write',
    path: `/causes/${id}/reopening`,
    unknown: true,
    body: {},
  },
};

const open = ['GET /healthz', 'GET /readyz', 'GET /api/v1/openapi.json', 'GET /api/v1/docs'];

/** Signed by who calls, whom no key names. */
const signed = ['POST /webhooks/resend'];

const scopesOf = ({ scope, alsoNeeds }: Row): Scope[] => [
  scope,
  ...(alsoNeeds === undefined ? [] : [alsoNeeds]),
];

const all = Object.entries(rows);
const writing = all.flatMap(([name, { body, ...row }]) =>
  body === undefined ? [] : ([[name, { ...row, body }]] as const),
);
const reading = all.filter(([, { body }]) => body === undefined);
const unknown = all.filter(([, row]) => row.unknown);

async function create() {
  const { app, ctx, bearer } = await createTestApi({ build: createApp });
  const ask = async (
    row: Row,
    authorization: string,
    change: Record<string, string> = {},
    body?: unknown,
  ) => {
    const init =
      row.file !== undefined
        ? {
            method: 'POST',
            body: row.file.text,
            headers: {
              ...{ Authorization: authorization, 'Content-Type': row.file.type },
              'Idempotency-Key': 'k',
            },
          }
        : row.body === undefined
          ? { headers: { Authorization: authorization } }
          : {
              ...post(body ?? row.body, { Authorization: authorization, ...change }),
              method: row.method ?? 'POST',
            };
    const response = await app.request(`/api/v1${row.path}`, init);
    const { code }: { code?: string } = await response.json();
    return code === undefined ? `${response.status}` : `${response.status} ${code}`;
  };
  const countRows = async () => {
    const tables = ['orders', 'redemptions', 'voucher_uses', 'history', 'idempotency_keys'];
    const counts = await Promise.all(
      tables.map((table) => ctx.db.read({ sql: `SELECT count(*) FROM ${table}`, args: [] })),
    );
    return counts.map(([row]) => Number(row?.[0])).reduce((sum, count) => sum + count, 0);
  };
  return { app, ctx, bearer, ask, countRows };
}

test('every route of the router has its row', async () => {
  const { app } = await create();
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(routes)].sort()).toEqual([...Object.keys(rows), ...open, ...signed].sort());
});

test.each(open)('%s is open', async (name) => {
  const { app } = await create();
  expect((await app.request(name.replace('GET ', ''))).status).toBe(200);
});

test.each(all)('%s: 401 without a key', async (_, row) => {
  const { ask, countRows } = await create();
  expect(await ask(row, '')).toBe('401 unauthenticated');
  expect(await countRows()).toBe(0);
});

test.each(all)('%s: 403 with every scope but its own', async (_, row) => {
  const { ask, bearer, countRows } = await create();
  const others = await bearer(...scopes.filter((scope) => scope !== row.scope));
  expect(await ask(row, others)).toBe('403 scope_missing');
  expect(await countRows()).toBe(0);
});

test.each(unknown)('%s: 404 for what is not there', async (_, row) => {
  const { ask, bearer, countRows } = await create();
  expect(await ask(row, await bearer(...scopesOf(row)))).toBe('404 not_found');
  expect(await countRows()).toBe(0);
});

test.each(writing)('%s: 422 for an unknown key at any depth, nothing stored', async (_, row) => {
  const { ask, bearer, countRows } = await create();
  const authorization = await bearer(row.scope);
  for (const body of withUnknownKeys(row.body)) {
    expect(await ask(row, authorization, {}, body)).toBe('422 validation_failed');
  }
  expect(await countRows()).toBe(0);
});

test.each(reading.filter(([name]) => name.startsWith('GET ')))(
  '%s: a HEAD is refused as a GET is',
  async (_, row) => {
    const { app, bearer } = await create();
    const scopeless = await bearer(...scopes.filter((scope) => scope !== row.scope));
    for (const Authorization of ['', scopeless, await bearer(...scopesOf(row))]) {
      const [head, got] = await Promise.all(
        ['HEAD', 'GET'].map((method) =>
          app.request(`/api/v1${row.path}`, { method, headers: { Authorization } }),
        ),
      );
      expect(head?.status).toBe(got?.status);
      await got?.body?.cancel();
    }
  },
);

test.each(reading)('%s: 422 for an unknown key in the query', async (_, row) => {
  const { ask, bearer } = await create();
  const path = `${row.path}${row.path.includes('?') ? '&' : '?'}isAdmin=true`;
  expect(await ask({ ...row, path }, await bearer(row.scope))).toBe('422 validation_failed');
});

test.each(writing)('%s: 413, 400, 415 and 400 for what is no request', async (_, row) => {
  const { ask, bearer, countRows } = await create();
  const authorization = await bearer(row.scope);
  const large = `"${'x'.repeat(BODY_BYTES_MAX)}"`;
  expect(await ask(row, authorization, {}, large)).toBe('413 body_too_large');
  expect(await ask(row, authorization, {}, '{"id":')).toBe('400 malformed_json');
  expect(await ask(row, authorization, { 'Content-Type': 'text/plain' })).toBe('415 unsupported_media_type');
  expect(await ask(row, authorization, { 'Idempotency-Key': '' })).toBe('400 idempotency_key_missing');
  expect(await countRows()).toBe(0);
});

/** The body once per object in it, each time with one key more, also those that reach for prototypes. */
function withUnknownKeys(body: object): string[] {
  const text = JSON.stringify(body);
  const objects = [...text.matchAll(/\{/g)].map(({ index }) => index + 1);
  return ['"isAdmin":true', '"__proto__":{"isAdmin":true}', '"constructor":{}'].flatMap((key) =>
    objects.map((at) => `${text.slice(0, at)}${key},${text.slice(at)}`.replace(',}', '}')),
  );
}
