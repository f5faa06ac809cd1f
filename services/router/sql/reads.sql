-- name: snapshot
-- Header, newest entries after a number, place in the queue and whether an agent is being asked, at one moment.
SELECT (c.header || jsonb_build_object('conversation_id', c.id, 'head', c.head))::text AS header,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'at', e.at, 'body', e.body) ORDER BY e.seq), '[]')
          FROM entry e
         WHERE e.conversation_id = c.id AND e.seq > greatest($2, c.head - $3))::text AS entries,
       CASE WHEN c.state IN ('waiting', 'offered') THEN
           (SELECT 1 + count(*)
              FROM conversation o
             WHERE o.topic_id = c.topic_id
               AND o.state IN ('waiting', 'offered')
               AND (o.waiting_since, o.id) < (c.waiting_since, c.id)) END AS place,
       EXISTS (SELECT FROM offer o WHERE o.conversation_id = c.id AND o.agent_id = $4 AND o.outcome IS NULL) AS asked
  FROM conversation c
 WHERE c.id = $1

-- name: desk
-- All an agent's console shows outside a conversation, as the contract's JSON.
SELECT jsonb_build_object(
           'agent_id', a.id,
           'version', a.desk_version,
           'status', a.status,
           'status_reason', left(a.status_reason, 300),
           'load', a.load,
           'capacity', a.capacity,
           'offers', (
               SELECT coalesce(jsonb_agg(jsonb_build_object(
                          'offer_id', o.id,
                          'conversation_id', c.id,
                          'topic', c.header -> 'topic',
                          'visitor_name', c.header -> 'visitor_name',
                          'made_at', o.made_at,
                          'expires_at', o.expires_at,
                          'waiting_since', c.waiting_since) ORDER BY o.made_at, o.id), '[]')
                 FROM offer o JOIN conversation c ON c.id = o.conversation_id
                WHERE o.agent_id = a.id AND o.outcome IS NULL),
           'chats', (
               SELECT coalesce(jsonb_agg(jsonb_build_object(
                          'conversation_id', c.id,
                          'topic', c.header -> 'topic',
                          'visitor_name', c.header -> 'visitor_name',
                          'state', c.state,
                          'head', c.head,
                          'started_at', c.header -> 'started_at',
                          'owner_id', c.owner_id) ORDER BY c.state, c.ended_at DESC, c.waiting_since, c.id), '[]')
                 FROM (SELECT * FROM conversation WHERE owner_id = a.id AND state = 'active'
                       UNION ALL
                       (SELECT * FROM conversation
                         WHERE owner_id = a.id AND state = 'closed' AND ended_at > $2::timestamptz
                         ORDER BY ended_at DESC
                         LIMIT $3)) c),
           'missed', (
               SELECT jsonb_build_object(
                          'offer_id', o.id,
                          'conversation_id', c.id,
                          'visitor_name', c.header -> 'visitor_name',
                          'outcome', o.outcome,
                          'at', o.ended_at)
                 FROM offer o JOIN conversation c ON c.id = o.conversation_id
                WHERE o.agent_id = a.id AND o.outcome <> 'accepted'
                ORDER BY o.ended_at DESC, o.id
                LIMIT 1))::text
  FROM agent a
 WHERE a.id = $1

-- name: heads
-- The last number of each conversation.
SELECT id, head FROM conversation WHERE id = ANY($1::uuid[])

-- name: desk_versions
-- The version of each agent's desk.
SELECT id, desk_version FROM agent WHERE id = ANY($1::uuid[])
