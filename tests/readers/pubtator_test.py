"""PubTator, read by bioc, pubtator-loader and scispacy."""

from bioc import pubtator
from pubtator_loader import PubTatorCorpusReader
from scispacy.data_util import med_mentions_example_iterator

import documents
from exports import ExportCase, flat, given


class PubTator(ExportCase):
    def check_pubtator(self, read):
        """`read`: for each document, id, title, abstract and [(start, end, text, type, id)]."""
        self.assertEqual(len(read), len(documents.DOCUMENTS), "no document is lost")
        for (made, title, abstract), (_, read_title, read_abstract, mentions) in zip(
            given(), read, strict=True
        ):
            self.assertEqual(flat(title).strip(), read_title)
            self.assertEqual(flat(abstract).strip(), read_abstract)
            whole = f"{read_title} {read_abstract}"
            self.assertEqual(len(mentions), len(made["entities"]))
            for entity, (start, end, text, kind, identifier) in zip(
                made["entities"], mentions, strict=True
            ):
                self.assertEqual(whole[start:end], text)
                self.assertEqual(flat(entity["text"]), text)
                self.assertEqual(entity["type"], kind)
                self.assertEqual(entity.get("id", "-"), identifier)

    def test_read_by_bioc(self):
        with open(self.convert("pubtator", "a.pubtator"), encoding="utf-8") as file:
            read = pubtator.load(file)
        self.assertEqual(sum(len(document.relations) for document in read), 0)
        self.check_pubtator(
            [
                (
                    document.pmid,
                    document.title or "",
                    document.abstract or "",
                    [
                        (found.start, found.end, found.text, found.type, found.id)
                        for found in document.annotations
                    ],
                )
                for document in read
            ]
        )
        self.assertEqual(
            len({document.pmid for document in read}), len(read), "ids tell the documents apart"
        )

    def test_read_by_pubtator_loader(self):
        read = PubTatorCorpusReader(str(self.convert("pubtator", "b.pubtator"))).load_corpus()
        read = [document for document in read if document is not None]
        self.assertEqual(
            [document.id for document in read], [int(made["id"]) for made in documents.DOCUMENTS]
        )
        self.check_pubtator(
            [
                (
                    document.id,
                    document.title_text,
                    document.abstract_text,
                    [
                        (
                            found.start_index,
                            found.end_index,
                            found.text_segment,
                            found.semantic_type_id,
                            found.entity_id,
                        )
                        for found in document.entities
                    ],
                )
                for document in read
            ]
        )

    def test_read_by_scispacy(self):
        read = list(med_mentions_example_iterator(str(self.convert("pubtator", "c.pubtator"))))
        self.check_pubtator(
            [
                (document.pubmed_id, document.title, document.abstract, list(document.entities))
                for document in read
            ]
        )
