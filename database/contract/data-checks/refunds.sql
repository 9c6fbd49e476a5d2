-- Refunds come after the payment and do not exceed it
select 'refunds ' || r.id as "row", 'it lies before the payment of its invoice, or that is unpaid' as problem
from refunds r
join invoice_lines l on l.id = r.invoice_line_id
join invoices i on i.id = l.invoice_id
where i.paid_at is null or r.refunded_at < i.paid_at
union all
select 'invoice_lines ' || l.id, 'refunds of ' || sum(r.amount) || ' exceed its amount of ' || l.amount
from invoice_lines l
join refunds r on r.invoice_line_id = l.id
group by l.id, l.amount
having sum(r.amount) > l.amount
