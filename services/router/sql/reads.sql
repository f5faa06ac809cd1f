-- name: snapshot
-- Header, newest entries after a number, place in the queue, whether the visitor is there, and what an agent has to do
-- with it, at one moment.
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
       EXISTS (SELECT FROM page p WHERE p.subject = c.id AND p.kind = 'visitor') AS visitor_online,
       EXISTS (SELECT FROM offer o WHERE o.conversation_id = c.id AND o.agent_id = $4 AND o.outcome IS NULL) AS asked,
       EXISTS (SELECT FROM agent a WHERE a.id = $4 AND a.role <> 'agent') AS supervises
  FROM conversation c
 WHERE c.id = $1

-- name: desk
-- All an agent's console shows outside a conversation, as the contract's JSON.
SELECT jsonb_build_object(
           'agent_id', a.id,
           'version', a.desk_version,
           'status', a.status,
           'status_reason', left(a.status_reason, 300),
           'status_cause', a.status_cause,
           'role', a.role,
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
                          'waiting_since', c.waiting_since,
                          'chosen_by', CASE WHEN o.chosen_by_id IS NOT NULL THEN
                              jsonb_build_object('id', o.chosen_by_id, 'name', o.chosen_by_name) END) ORDER BY o.made_at, o.id), '[]')
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
                          'owner_id', c.owner_id,
                          'unanswered', c.unanswered AND c.owner_id = a.id,
                          'answer_due', CASE WHEN c.owner_id = a.id THEN c.answer_due END) ORDER BY c.state, c.ended_at DESC, c.waiting_since, c.id), '[]')
                 FROM (SELECT agent_id, conversation_id FROM participant WHERE agent_id = a.id AND ended_at IS NULL
                       UNION ALL
                       (SELECT agent_id, conversation_id FROM participant
                         WHERE agent_id = a.id AND ended_at > $2::timestamptz
                         ORDER BY ended_at DESC
                         LIMIT $4)) p
                 JOIN conversation c ON c.id = p.conversation_id),
           'missed_count', (
               SELECT count(*)
                 FROM offer o
                WHERE o.agent_id = a.id AND o.outcome = 'expired' AND o.ended_at > $3::timestamptz),
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

-- name: board
-- Open conversations as lists show them: all for who supervises, else those of the agent's topics and their own.
WITH me AS (
    SELECT id, topic_ids, role <> 'agent' AS supervises FROM agent WHERE id = $1
), seen AS (
    SELECT c.*
      FROM conversation c, me
     WHERE c.state <> 'closed'
       AND (me.supervises
            OR c.topic_id = ANY(me.topic_ids)
            OR EXISTS (SELECT FROM participant p
                        WHERE p.agent_id = me.id AND p.conversation_id = c.id AND p.ended_at IS NULL))
), shown AS (
    SELECT * FROM seen ORDER BY waiting_since, id LIMIT $2
)
SELECT jsonb_build_object(
           'more', greatest(0, (SELECT count(*) FROM seen) - $2),
           'cards', (
               SELECT coalesce(jsonb_agg(jsonb_build_object(
                          'conversation_id', c.id,
                          'head', c.head,
                          'state', c.state,
                          'topic', c.header -> 'topic',
                          'visitor_name', c.header -> 'visitor_name',
                          'waiting_since', c.waiting_since,
                          'started_at', c.header -> 'started_at',
                          'owner', c.header -> 'owner',
                          'participants', c.header -> 'participants',
                          'offered_to', c.header -> 'offer' -> 'agent') ORDER BY c.waiting_since, c.id), '[]')
                 FROM shown c))::text
  FROM me

-- name: colleagues
-- Agents by name as colleagues see them: of one topic those with a console open, or all.
SELECT jsonb_build_object(
           'agent', jsonb_build_object('id', a.id, 'name', a.name),
           'status', a.status,
           'connected', a.connected,
           'load', a.load,
           'capacity', a.capacity,
           'topic_ids', a.topic_ids,
           'has_room', a.status = 'available' AND a.connected AND a.load < a.capacity,
           'missed_count', (
               SELECT count(*)
                 FROM offer o
                WHERE o.agent_id = a.id AND o.outcome = 'expired' AND o.ended_at > $2::timestamptz))::text
  FROM agent a
 WHERE $1::uuid IS NULL OR (a.connected AND $1 = ANY(a.topic_ids))
 ORDER BY a.name, a.id

-- name: past
-- A visitor's conversations, the newest first; that somebody is being asked is nothing to the visitor.
SELECT jsonb_build_object(
           'conversation_id', c.id,
           'topic_name', c.header -> 'topic' -> 'name',
           'state', CASE c.state WHEN 'offered' THEN 'waiting' ELSE c.state END,
           'started_at', c.header -> 'started_at',
           'ended_at', c.ended_at,
           'close_reason', c.header -> 'close_reason',
           'agents', jsonb_path_query_array(c.header, '$.participants[*].name'),
           'last_line', coalesce((
               SELECT left(e.body ->> 'text', 300)
                 FROM entry e
                WHERE e.conversation_id = c.id AND e.body ->> 'kind' IN ('visitor_message', 'agent_message')
                ORDER BY e.seq DESC
                LIMIT 1), ''))::text
  FROM conversation c
 WHERE c.visitor_id = $1
 ORDER BY c.waiting_since DESC
 LIMIT $2

-- name: past_of_customer
-- A customer's conversations, the newest first: all, for every agent, or those of which the site vouched that they are
-- the visitor's who asks. Of what is not over, agents who take no part in it read no words.
SELECT jsonb_build_object(
           'conversation_id', c.id,
           'topic_name', c.header -> 'topic' -> 'name',
           'state', CASE c.state WHEN 'offered' THEN 'waiting' ELSE c.state END,
           'started_at', c.header -> 'started_at',
           'ended_at', c.ended_at,
           'close_reason', c.header -> 'close_reason',
           'agents', jsonb_path_query_array(c.header, '$.participants[*].name'),
           'last_line', CASE WHEN c.state = 'closed' OR $2 THEN coalesce((
               SELECT left(e.body ->> 'text', 300)
                 FROM entry e
                WHERE e.conversation_id = c.id AND e.body ->> 'kind' IN ('visitor_message', 'agent_message')
                ORDER BY e.seq DESC
                LIMIT 1), '') ELSE '' END)::text
  FROM conversation c
 WHERE c.header ->> 'customer_id' = $1::uuid::text
   AND (NOT $2::boolean OR c.header -> 'customer_verified' = 'true')
 ORDER BY c.waiting_since DESC
 LIMIT $3

-- name: heads
-- The last number of each conversation.
SELECT id, head FROM conversation WHERE id = ANY($1::uuid[])

-- name: desk_versions
-- The version of each agent's desk.
SELECT id, desk_version FROM agent WHERE id = ANY($1::uuid[])
