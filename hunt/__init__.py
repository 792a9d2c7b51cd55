"""What happened, told from the logs: `responder hunt`. The way of the data, one room a file:

logs on disk or S3 -> reading -> tables -> questions and detections -> story -> terminal, page, files
"""
