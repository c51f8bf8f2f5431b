/** Operations that refuse whatever a walk sends to them in its one town, by why. Their own tests reach them. */
const BY_REASON: Record<string, readonly string[]> = {
  'a file is to be sent': ['POST /api/v1/media', 'POST /api/v2/media'],
  'nothing of the kind is in the town': [
    'GET /api/v1/admin/domain_allows/{id}',
    'DELETE /api/v1/admin/domain_allows/{id}',
    'GET /api/v1/annual_reports/{year}',
    'POST /api/v1/annual_reports/{year}/read',
    'GET /api/v1/instance/terms_of_service',
    'GET /api/v1/instance/terms_of_service/{date}',
    'GET /api/v1/push/subscription',
    'GET /api/v1/timelines/link',
    'GET /api/v1_alpha/async_refreshes/{id}',
    'POST /api/v1/admin/trends/links/publishers/{id}/approve',
    'POST /api/v1/admin/trends/links/publishers/{id}/reject',
    'PUT /api/web/push_subscriptions/{id}',
  ],
  'switched off, or not set up': [
    'GET /api/v1/instance/domain_blocks',
    'GET /api/v1/donation_campaigns',
    'POST /api/v1/accounts/{id}/email_subscriptions',
    'POST /api/v1/statuses/{id}/translate',
  ],
  'for somebody in another state: new, unconfirmed, suspended': [
    'POST /api/v1/accounts',
    'POST /api/v1/emails/confirmations',
    'DELETE /api/v1/admin/accounts/{id}',
    'POST /api/v1/admin/accounts/{id}/reject',
    'POST /api/v1/admin/accounts/{id}/unsuspend',
  ],
  'what it asks for is there by then, or gone, or may not be': [
    'POST /api/v1/admin/ip_blocks',
    'POST /api/v1/collections',
    'POST /api/v1_alpha/collections',
    'POST /api/v1/collections/{id}/items',
    'POST /api/v1_alpha/collections/{id}/items',
    'POST /api/v1/collections/{id}/items/{item_id}/revoke',
    'POST /api/v1_alpha/collections/{id}/items/{item_id}/revoke',
    'DELETE /api/v1/collections/{id}/items/{item_id}',
    'DELETE /api/v1_alpha/collections/{id}/items/{item_id}',
    'DELETE /api/v1/featured_tags/{id}',
    'POST /api/v1/notifications/{id}/dismiss',
    'POST /api/v1/notifications/requests/{id}/dismiss',
    'POST /api/v2/filters/{filter_id}/statuses',
  ],
  'the custom emoji and reactions of announcements are other tests’': [
    'PUT /api/v1/announcements/{id}/reactions/{name}',
    'DELETE /api/v1/announcements/{id}/reactions/{name}',
  ],
}

export const OUT_OF_REACH = new Set(Object.values(BY_REASON).flat())
