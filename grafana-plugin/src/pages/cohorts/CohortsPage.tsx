import React from 'react';
import { t } from '../../i18n/t';
import { Alert, Combobox, Field, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import type { View } from '../../datasource/meta';
import { fetchMeta } from '../shared/cube';
import { oneOf, useQueryState } from '../shared/location';
import { Page } from '../shared/Page';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { Comparison } from './Comparison';
import { criteriaFromText, criteriaToText, fromFilters, type Criteria } from './criteria';
import { GroupForm } from './GroupForm';
import { Heatmap } from './Heatmap';
import { kindNames, kinds, kindTitle, type Kind } from './kinds';
import { listCohorts, type SavedCohort } from './saved';
import { SavedCohorts } from './SavedCohorts';
import { SaveForm } from './SaveForm';

const shown = ['a', 'b', 'compare'] as const;

/** Builds groups of customers by criteria, shows how they stay, compares two of them, and saves them. */
export default function CohortsPage() {
  const uid = useSource();
  const meta = useLoad(uid, () => fetchMeta(uid));
  return (
    <Page
      title={t('cohorts.title', 'Cohorts')}
      subTitle={t('cohorts.subtitle', 'Choose customers by criteria, see how long they stay, and compare two groups.')}
    >
      <Loaded load={meta} loading={t('cohorts.loading', 'Loading what your role may see ...')}>
        {({ views }) => <Explorer views={views} />}
      </Loaded>
    </Page>
  );
}

function Explorer({ views }: { views: View[] }) {
  const uid = useSource();
  const [query, change] = useQueryState();
  const saved = useLoad(uid, () => listCohorts(uid));
  const offered = kindNames.filter((name) => views.some(({ name: view }) => view === kinds[name].view));
  const [firstKind, ...otherKinds] = offered;
  if (firstKind === undefined) {
    return (
      <Alert severity="info" title={t('cohorts.no-view', 'Your role sees no cohorts')}>
        {t('cohorts.no-view-what', 'Ask whoever looks after the roles of the data source.')}
      </Alert>
    );
  }
  const kind = oneOf<Kind>(query.get('kind'), [firstKind, ...otherKinds]);
  const view = views.find(({ name }) => name === kinds[kind].view);
  const a = criteriaFromText(query.get('a'));
  const b = criteriaFromText(query.get('b'));
  const show = oneOf(query.get('show'), shown);
  const loaded = saved.value?.cohorts.find(({ id }) => id === query.get('saved'));
  const setGroup = (group: 'a' | 'b') => (criteria: Criteria) => change({ [group]: criteriaToText(criteria) });
  const use = (cohort: SavedCohort, group: 'a' | 'b') =>
    change({
      kind: cohort.kind,
      [group]: criteriaToText(fromFilters(cohort.filters) ?? {}),
      show: group,
      ...(group === 'a' ? { saved: cohort.id } : {}),
    });

  return (
    <Stack direction="column" gap={3}>
      <Stack direction="row" gap={2} alignItems="flex-end" wrap="wrap">
        <Field label={t('cohorts.kind', 'Kind')} htmlFor="cohort-kind" noMargin>
          <Combobox
            id="cohort-kind"
            width={36}
            options={offered.map((name) => ({ value: name, label: kindTitle(name) }))}
            value={kind}
            onChange={({ value }) => change({ kind: value })}
          />
        </Field>
        <RadioButtonGroup
          aria-label={t('cohorts.show', 'Show')}
          options={[
            { value: 'a', label: t('cohorts.group-a', 'Group A') },
            { value: 'b', label: t('cohorts.group-b', 'Group B') },
            { value: 'compare', label: t('cohorts.compare-both', 'Compare both') },
          ]}
          value={show}
          onChange={(value) => change({ show: value })}
        />
      </Stack>
      {view && show !== 'b' && <Group group="a" view={view} criteria={a} onChange={setGroup('a')} />}
      {view && show !== 'a' && <Group group="b" view={view} criteria={b} onChange={setGroup('b')} />}
      {show === 'compare' ? (
        <Comparison kind={kind} a={a} b={b} />
      ) : (
        <Heatmap kind={kind} criteria={show === 'a' ? a : b} />
      )}
      <section aria-label={t('cohorts.saved', 'Saved cohorts')}>
        <Stack direction="column" gap={2}>
          <Text element="h2" variant="h4">
            {t('cohorts.saved', 'Saved cohorts')}
          </Text>
          <Loaded load={saved} loading={t('cohorts.loading-saved', 'Loading saved cohorts ...')}>
            {({ cohorts, mayWrite }) => (
              <Stack direction="column" gap={2}>
                {mayWrite && (
                  <SaveForm
                    key={loaded?.id ?? ''}
                    kind={kind}
                    criteria={a}
                    loaded={loaded}
                    onSaved={({ id }) => {
                      saved.reload();
                      change({ saved: id });
                    }}
                  />
                )}
                <SavedCohorts cohorts={cohorts} mayWrite={mayWrite} onUse={use} onDeleted={saved.reload} />
              </Stack>
            )}
          </Loaded>
        </Stack>
      </section>
    </Stack>
  );
}

interface GroupProps {
  group: 'a' | 'b';
  view: View;
  criteria: Criteria;
  onChange: (criteria: Criteria) => void;
}

function Group({ group, ...form }: GroupProps) {
  const title = group === 'a' ? t('cohorts.group-a', 'Group A') : t('cohorts.group-b', 'Group B');
  return (
    <section aria-label={title}>
      <Stack direction="column" gap={1}>
        <Text element="h2" variant="h5">
          {title}
        </Text>
        <GroupForm group={group} {...form} />
      </Stack>
    </section>
  );
}
