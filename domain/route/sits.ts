import { sql, type SQL } from "drizzle-orm";
import { reviews, routeSteps, seats } from "../../db/schema";

/**
 * For lists: whether the actor sits at the step where the item is and has not decided there yet, as seats_at() and
 * decisionRefusal() have it for one. The item's columns are given as the query names them ("sections", "indicators").
 */
export function sitsAt(item: "sections" | "indicators"): SQL {
  const x = sql.identifier(item);
  const own = sql.raw(item === "sections" ? "section_id" : "indicator_id");
  const confirmer = item === "sections" ? sql`null::uuid` : sql`${x}.confirm_organ_id`;
  return sql`exists (
    select 1 from ${routeSteps} t
     where t.id = ${x}.step_id
       and ((t.role::text = (select actor_role())
             and (t.office <> 'any' or t.role <> 'signer')
             and (t.office = 'any' or (select actor_organ()) = case t.office when 'owner' then ${x}.organ_id else ${confirmer} end)
             and not exists (select 1 from named_steps() n where n.step_id = t.id and (n.organ_id is null or n.organ_id = ${x}.organ_id)))
            or exists (select 1 from ${seats} n where n.step_id = t.id and n.membership_id = (select actor_seat())
                        and (n.${own} = ${x}.id or (n.kind = 'named' and (n.organ_id is null or n.organ_id = ${x}.organ_id)))))
       and not exists (select 1 from ${seats} h where h.step_id = t.id and h.${own} = ${x}.id and h.from_id = (select actor_seat())
                        and post_label(h.membership_id) is not null)
       and not exists (select 1 from ${reviews} v where v.${own} = ${x}.id and v.step_id = t.id and v.round = ${x}.round
                        and v.verdict <> 'return'
                        and (v.seat_id = (select actor_seat()) or v.user_id = (select actor_user()))))`;
}
