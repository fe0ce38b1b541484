"""A Backstage catalogue is read like a table of services; what is no service is told by its document."""

from textwrap import dedent

import pytest

from catalog.importers.files import UnusableFile
from catalog.importers.services import plan_import, read_services, suggest_uses

CATALOGUE = dedent("""\
    # what the team runs
    apiVersion: backstage.io/v1alpha1
    kind: Component
    metadata:
      name: artist-web
      title: Artist pages
      description: The place to be, for great artists
      tags: [java, 2026]
      annotations: {example.org/slug: artist}
    spec: {type: website, lifecycle: production, owner: "group:default/artist-relations", system: public-websites}
    ---
    apiVersion: backstage.io/v1alpha1
    kind: API
    metadata: {name: artists, namespace: media, description: Who plays what}
    spec: {type: openapi, owner: team-a}
    ---
    apiVersion: backstage.io/v1alpha1
    kind: Group
    metadata: {name: artist-relations}
    spec: {type: team, children: []}
    ---
    apiVersion: backstage.io/v1alpha1
    kind: System
    metadata: {title: Nameless}
    """).encode()


def test_entities_are_rows_and_what_is_no_service_is_told():
    table = read_services(CATALOGUE)

    assert [(number, record["entity"], record["title"]) for number, record in table.records] == [
        (1, "component:artist-web", "Artist pages"),
        (2, "api:media/artists", "artists"),
    ]
    assert dict(table.records[0][1]) == {
        "entity": "component:artist-web",
        "title": "Artist pages",
        "description": "The place to be, for great artists",
        "kind of entity": "Component",
        "type": "website",
        "lifecycle": "production",
        "owner": "artist-relations",
        "part of": "public-websites",
        "tags": "java, 2026",
    }
    assert [(each.row, each.field, each.what) for each in table.problems] == [
        (3, "kind", "“Group” is no service"),
        (4, "metadata.name", "It has no name"),
    ]


def test_what_each_field_is_is_suggested_and_planned(in_tenant):
    table = read_services(CATALOGUE)
    uses = suggest_uses(table.columns)

    plan = plan_import(table=table, uses=uses, service_class="technical")

    assert {column: use.use for column, use in uses.items()} == {
        "entity": "reference",
        "title": "name",
        "description": "description",
        **dict.fromkeys(("kind of entity", "type", "lifecycle", "owner", "part of"), "category"),
        "tags": "categories",
    }
    first = plan.made[0].said
    assert (first["reference"], first["name"], first["service_class"]) == (
        "component:artist-web",
        "Artist pages",
        "technical",
    )
    assert ["Owner", "artist-relations"] in first["categories"]
    assert [each.row for each in plan.problems] == [3, 4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("kind: Group\nmetadata: {name: a}", "“Group” is no service", id="nothing that is a service"),
        pytest.param("kind: [Component", "is not plain YAML", id="broken"),
        pytest.param("kind: Component\nmetadata: &a {name: a}\nspec: *a", "uses an alias", id="aliases"),
        pytest.param("kind: Component\nmetadata: x", "metadata: It has no fields", id="no fields"),
        pytest.param("kind: Component\nmetadata: {name: {a: b}}", "metadata.name: It has no name", id="no name"),
    ],
)
def test_what_cannot_be_read_says_where(content, words):
    with pytest.raises(UnusableFile) as told:
        read_services(f"apiVersion: backstage.io/v1alpha1\n{content}\n".encode())

    assert words in str(told.value)


def test_another_version_of_the_format_is_told():
    with pytest.raises(UnusableFile, match="is not read here"):
        read_services(b"apiVersion: backstage.io/v2\nkind: Component\nmetadata: {name: a}\n")
