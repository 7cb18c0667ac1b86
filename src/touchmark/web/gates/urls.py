from django.urls import path

from touchmark.web.gates import desk, seller

urlpatterns = [
    path("seller/proofs/", seller.proofs, name="seller_proofs"),
    path("seller/proofs/<str:ref>/file/", seller.file, name="seller_proof_file"),
    path("seller/proofs/<str:ref>/withdraw/", seller.withdraw, name="seller_proof_withdraw"),
    path("desk/gates/", desk.gates, name="desk_gates"),
    path("desk/gates/<str:ref>/close/", desk.close, name="desk_gate_close"),
    path("desk/gates/proofs/<str:ref>/", desk.proof, name="desk_proof"),
]
